"""The SMTP and LMTP servers that take bounces and unsubscribe mails: only for addresses that we made ourselves."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from common.observability.logging import get_logger
from mailer.bounces.clipping import Clipping
from mailer.bounces.intake import MAX_MESSAGE, Intake, Poisoned, TryLater
from mailer.bounces.sources import LMTP as LMTP_SOURCE
from mailer.bounces.sources import SMTP as SMTP_SOURCE
from mailer.bounces.sources import Source

log = get_logger()
_MAX_RECIPIENTS = 20
_SESSION_SECONDS = 120
_TAKEN = "250 2.0.0 ok"
_LATER = "451 4.3.0 try again later"
_TOO_LONG = "552 5.3.4 the message is too big"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a receiver listens."""

    host: str
    port: int


class BounceReceiver:
    """Listens until cancelled."""

    def __init__(self, intake: Intake, place: Place, *, speaks_lmtp: bool = False) -> None:
        self._intake = intake
        self._settings = intake.settings
        self._speaks_lmtp = speaks_lmtp
        self._source: Source = LMTP_SOURCE if speaks_lmtp else SMTP_SOURCE
        self._place = place
        self._open = 0
        self.port = place.port

    async def run(self) -> None:
        """Serve until cancelled."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._protocol, self._place.host, self.port)
        async with server:
            await server.serve_forever()

    def _protocol(self) -> asyncio.Protocol:
        kind = _Lmtp if self._speaks_lmtp else _Smtp
        return kind(
            self,
            data_size_limit=MAX_MESSAGE,
            enable_SMTPUTF8=True,
            hostname=self._settings.bounce_domain,
            ident="Tutti bounces",
            timeout=_SESSION_SECONDS,
        )

    def enters(self) -> bool:
        """Count a connection; false when there are enough."""
        self._open += 1
        return self._open <= self._settings.bounces.connections

    def leaves(self) -> None:
        """A connection ended."""
        self._open -= 1

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take an address whose token is ours."""
        del server, session, rcpt_options
        if len(envelope.rcpt_tos) >= _MAX_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        if self._intake.tokens.of_address(address) is None:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message in; answered only after what it changes is committed."""
        del session
        if isinstance(server, _Bounded) and server.is_too_long:
            return _TOO_LONG
        content: Any = envelope.content
        data = content if isinstance(content, bytes) else str(content or "").encode()
        answers = [await self._take(address, data, envelope) for address in envelope.rcpt_tos]
        if self._speaks_lmtp:
            return "\r\n".join(answers)
        return next((answer for answer in answers if answer != _TAKEN), _TAKEN)

    async def _take(self, address: str, data: bytes, envelope: Envelope) -> str:
        token = self._intake.tokens.of_address(address)
        if token is None:
            return _TAKEN
        try:
            has_sender = bool(envelope.mail_from)
            effect = await self._intake.addressed(self._source, data, token, has_sender=has_sender)
        except TryLater:
            return _LATER
        except Poisoned:
            return await self._put_aside(data)
        log.debug("report received", source=self._source[0], effect=effect.value, ordinal=token.ordinal)
        return _TAKEN

    async def _put_aside(self, data: bytes) -> str:
        try:
            await self._intake.park(self._source, data)
        except (TryLater, Poisoned):
            return _LATER
        return _TAKEN


class _Bounded:
    """Turns a connection away when there are too many."""

    event_handler: BounceReceiver
    line_length_limit = 64 * 1024
    """Reports quote what they like on one line."""

    _reader: Any
    _clipping: Clipping | None = None

    @property
    def is_too_long(self) -> bool:
        """Whether the message that came was longer than any report."""
        return self._clipping is not None and self._clipping.is_too_long

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """Take the beginning of a message, however long it is."""
        reader = self._reader
        self._reader = self._clipping = Clipping(reader, MAX_MESSAGE)
        try:
            await super().smtp_DATA(arg)  # type: ignore[misc]
        finally:
            self._reader = reader

    def connection_made(self, transport: Any) -> None:
        """Count it."""
        if not self.event_handler.enters():
            transport.write(b"421 4.3.2 too many connections, try again later\r\n")
            transport.close()
            return
        super().connection_made(transport)  # type: ignore[misc]

    def connection_lost(self, error: Exception | None) -> None:
        """Count it out."""
        self.event_handler.leaves()
        if getattr(self, "transport", None) is not None:
            super().connection_lost(error)  # type: ignore[misc]


class _Smtp(_Bounded, SMTP):
    pass


class _Lmtp(_Bounded, LMTP):
    """LMTP answers the end of data once for each recipient (RFC 2033, 4.2), also when the message is too big."""

    _is_in_data = False

    async def push(self, status: Any) -> None:
        """Send an answer."""
        text = status if isinstance(status, str) else status.decode()
        if self._is_in_data:
            self._is_in_data = False
            missing = len(self.envelope.rcpt_tos) if self.envelope else 1
            if missing > 1 and "\r\n" not in text:
                text = "\r\n".join([text] * missing)
        elif text.startswith("354"):
            self._is_in_data = True
        await super().push(text)
