"""Fetching the files of a message: each once, whichever deliveries send it, and only when it is what was frozen."""

import hashlib
from collections.abc import Mapping
from typing import Any

from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from mailer.clients.lui import LuiClient, LuiRefused
from mailer.deliveries.errors import FileMissing
from mailer.deliveries.files import MessageFiles


async def pull_files(units: UnitOfWorkFactory, lui: LuiClient, document: Mapping[str, Any]) -> None:
    """Fetch what a content document names and is not here yet. Raises LuiAway, LuiRefused."""
    wanted = named_in(document)
    if not wanted:
        return
    async with units.reader() as uow:
        present = await MessageFiles(uow.session).present(wanted)
    for sha256 in sorted(wanted.keys() - present):
        octets = await lui.file(sha256, wanted[sha256])
        if len(octets) != wanted[sha256] or hashlib.sha256(octets).hexdigest() != sha256:
            raise LuiRefused("lui served a file that is not the one that was frozen")
        async with units() as uow:
            await MessageFiles(uow.session).add(sha256, octets, uow.now)


async def load_files(uow: UnitOfWork, document: Mapping[str, Any]) -> dict[str, bytes]:
    """The octets of everything a document names, by SHA-256, to compile with and then to let go. Raises FileMissing."""
    found: dict[str, bytes] = {}
    for sha256 in named_in(document):
        octets = await MessageFiles(uow.session).octets(sha256)
        if octets is None:
            raise FileMissing("a file of the message was never fetched")
        found[sha256] = octets
    return found


def named_in(document: Mapping[str, Any]) -> dict[str, int]:
    """The files a document names, with their sizes. Raises LuiRefused when it makes no sense."""
    try:
        return {str(file["sha256"]): int(file["size"]) for file in document.get("attachments") or ()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise LuiRefused("the content document names files in a way that makes no sense") from None
