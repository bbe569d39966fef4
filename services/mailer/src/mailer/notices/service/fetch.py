"""Fetching what a notice says from the service that asked for it, and making the message of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from pydantic import ValidationError

from common.contracts.digest import document_digest
from common.contracts.notices import NoticeState
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.clients.lui import LuiAway, LuiRefused
from mailer.composing.short import Attachment, MergeFailed, ShortMessage, normalized, short_body
from mailer.notices.metrics import FETCHES
from mailer.notices.models import NoticeRow
from mailer.notices.repository import NoticeRepository
from mailer.notices.rules import Terms
from mailer.notices.schemas import NoticeDocument, NoticeStage
from mailer.notices.service.accept import state
from mailer.notices.service.sign import Signing

log = get_logger()
_LEASE = timedelta(minutes=5)
_MOST_OCTETS = 20 * 1024 * 1024


class Source(Protocol):
    """A service that has something to tell."""

    async def notice(self, notice_id: str) -> dict[str, Any]:
        """The document as it is served. Raises LuiAway, LuiRefused."""

    async def file(self, sha256: str, size: int) -> bytes:
        """The octets of a file. Raises LuiAway, LuiRefused."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: str
    requested_by: str
    content_digest: str
    address_count: int


@dataclass(frozen=True, slots=True)
class _Fetched:
    document: NoticeDocument
    body: bytes


class _Unusable(Exception):
    """What was served can never be sent."""


class Fetcher:
    """Fetches one notice after the other; any number of processes may."""

    def __init__(self, units: UnitOfWorkFactory, sources: Mapping[str, Source], terms: Terms, signing: Signing) -> None:
        self._units = units
        self._sources = sources
        self._terms = terms
        self._signing = signing

    async def once(self) -> bool:
        """Fetch the one that is due longest; False when none is."""
        async with self._units() as uow:
            wanted = await _claimed(uow)
        if wanted is None:
            return False
        try:
            fetched = await self._fetched(wanted)
        except LuiAway as away:
            FETCHES.labels("away").inc()
            log.info("notice cannot be fetched yet", notice_id=wanted.id, reason=str(away))
            await self._put_back(wanted.id)
        except (LuiRefused, MergeFailed, _Unusable) as error:
            FETCHES.labels("unusable").inc()
            log.warning("notice cannot be sent", notice_id=wanted.id, reason=str(error))
            await self._fail(wanted.id, str(error))
        else:
            FETCHES.labels("fetched").inc()
            await self._open(wanted.id, fetched)
        return True

    async def _fetched(self, wanted: _Wanted) -> _Fetched:
        source = self._sources.get(wanted.requested_by)
        if source is None:
            raise _Unusable("nobody knows where to fetch it")
        raw = await source.notice(wanted.id)
        if document_digest(raw) != wanted.content_digest:
            raise _Unusable("what was served is not what was announced")
        try:
            document = NoticeDocument.model_validate(raw)
        except ValidationError as error:
            raise _Unusable(f"what was served makes no sense: {error.error_count()} mistakes") from None
        if sum(file.size for file in document.files) > _MOST_OCTETS:
            raise _Unusable("its files are too large for a mail")
        files = [(file, await _octets(source, file)) for file in document.files]
        body = short_body(ShortMessage(wanted.id, document.text, document.html, files))
        return _Fetched(document, body)

    async def _open(self, notice_id: str, fetched: _Fetched) -> None:
        async with self._units() as uow:
            repository = NoticeRepository(uow.session)
            notice = await repository.get_for_update(notice_id)
            if notice is None or notice.stage != NoticeStage.WAITING:
                return
            notice.stage, notice.due_at, notice.problem = NoticeStage.OPEN.value, None, None
            notice.subject, notice.body = fetched.document.subject, fetched.body
            addresses = dict.fromkeys(fetched.document.addresses)
            await repository.add_addresses(
                [_row(uow, notice, number, address) for number, address in enumerate(addresses, start=1)]
            )
            if await repository.is_settled(notice_id):
                notice.stage, notice.ended_at, notice.body = NoticeStage.ENDED.value, uow.now, None
            else:
                await self._signing.freeze(uow, notice)
            await state(uow, notice)

    async def _put_back(self, notice_id: str) -> None:
        async with self._units() as uow:
            notice = await NoticeRepository(uow.session).get_for_update(notice_id)
            if notice is None or notice.stage != NoticeStage.WAITING:
                return
            notice.problem = "its content cannot be fetched at the moment"
            notice.due_at = uow.now + self._terms.wait(notice.fetches)
            if notice.due_at >= notice.not_after:
                await _end_failed(uow, notice, "its content could not be fetched in time")

    async def _fail(self, notice_id: str, problem: str) -> None:
        async with self._units() as uow:
            notice = await NoticeRepository(uow.session).get_for_update(notice_id)
            if notice is not None and notice.stage == NoticeStage.WAITING:
                await _end_failed(uow, notice, problem)


async def _claimed(uow: UnitOfWork) -> _Wanted | None:
    notice = await NoticeRepository(uow.session).next_to_fetch(uow.now)
    if notice is None:
        return None
    if notice.not_after <= uow.now:
        await _end_failed(uow, notice, "its content could not be fetched in time")
        return None
    notice.fetches += 1
    notice.due_at = uow.now + _LEASE
    return _Wanted(notice.id, notice.requested_by, notice.content_digest, notice.address_count)


async def _end_failed(uow: UnitOfWork, notice: NoticeRow, problem: str) -> None:
    notice.stage, notice.problem = NoticeStage.FAILED.value, problem
    notice.due_at, notice.ended_at = None, uow.now
    await state(uow, notice)


async def _octets(source: Source, file: Attachment) -> bytes:
    octets = await source.file(file.sha256, file.size)
    if len(octets) != file.size or hashlib.sha256(octets).hexdigest() != file.sha256:
        raise _Unusable("a file that was served is not the one that was announced")
    return octets


def _row(uow: UnitOfWork, notice: NoticeRow, position: int, address: str) -> dict[str, Any]:
    row = {
        "notice_id": notice.id,
        "position": position,
        "address": address,
        "state": NoticeState.QUEUED.value,
        "attempts": 0,
        "doubts": 0,
        "due_at": uow.now,
        "reply_code": None,
        "reply_text": None,
        "changed_at": uow.now,
    }
    try:
        return {**row, "address": normalized(address)}
    except MergeFailed as error:
        return {**row, "state": NoticeState.REFUSED.value, "due_at": None, "reply_text": error.detail}
