"""Signing notices by the keys of the installation's address, as mailings are signed by their senders'."""

import asyncio

from common.messaging.unit_of_work import UnitOfWork
from mailer.notices.models import NoticeRow
from mailer.sealing import Sealer
from mailer.signing import service as signing

_END_OF_HEADERS = b"\r\n\r\n"


class Signing:
    """The keys are chosen when a notice is opened: every attempt sends the same octets."""

    def __init__(self, sender_address: str, sealer: Sealer) -> None:
        self._sender_address = sender_address
        self._sealer = sealer

    async def freeze(self, uow: UnitOfWork, notice: NoticeRow) -> None:
        """Choose the keys that sign a notice."""
        await signing.freeze_keys(uow, notice.id, self._sender_address)

    async def signed(self, uow: UnitOfWork, notice: NoticeRow, message: bytes) -> bytes:
        """A message with its signatures, or as it is when no key signs. Raises KeysUnreadable."""
        signer = await signing.signer_of(uow, notice.id, self._sealer, at=notice.created_at)
        if signer is None:
            return message
        end = message.index(_END_OF_HEADERS)
        # A body may have pictures and tables of megabytes, and others are being written to meanwhile.
        signatures = await asyncio.to_thread(signer.sign, message[: end + 2], message[end + 4 :])
        return signatures + message
