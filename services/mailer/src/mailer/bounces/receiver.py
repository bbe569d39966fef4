"""The SMTP server that takes bounces and unsubscribe mails: only for addresses that we made ourselves."""

import asyncio
import re
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy.exc import SQLAlchemyError

from common.contracts.signed_token import LOCAL_PART_TOKEN, ActionToken, Purpose, TokenKeys
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.bounces import service
from mailer.config import MailerSettings

log = get_logger()
MAX_MESSAGE = 25 * 1024 * 1024
_MAX_RECIPIENTS = 20
_SESSION_SECONDS = 120
_LOCAL = re.compile(rf"([bu])\+({LOCAL_PART_TOKEN})", re.IGNORECASE)
_PURPOSES = {"b": Purpose.RETURN_PATH, "u": Purpose.UNSUBSCRIBE}


def read_address(address: str, domain: str, keys: TokenKeys) -> ActionToken | None:
    """The verified token in an address of ours, or None."""
    local, _, found = address.rpartition("@")
    match = _LOCAL.fullmatch(local)
    if match is None or found.lower() != domain.lower():
        return None
    token = keys.read_local_part(match.group(2).lower())
    return token if token is not None and token.purpose is _PURPOSES[match.group(1).lower()] else None


class BounceReceiver:
    """Listens until cancelled."""

    def __init__(self, settings: MailerSettings, uow: UnitOfWorkFactory, keys: TokenKeys) -> None:
        self._settings = settings
        self._uow = uow
        self._keys = keys
        self.port = settings.bounce_port

    async def run(self) -> None:
        """Serve until cancelled."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._protocol, self._settings.bounce_host, self.port)
        async with server:
            await server.serve_forever()

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            data_size_limit=MAX_MESSAGE,
            enable_SMTPUTF8=True,
            hostname=self._settings.bounce_domain,
            ident="Tutti bounces",
            timeout=_SESSION_SECONDS,
        )

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take an address whose token is ours."""
        del server, session, rcpt_options
        if len(envelope.rcpt_tos) >= _MAX_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        if read_address(address, self._settings.bounce_domain, self._keys) is None:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message in; answered only after what it changes is committed."""
        del server, session
        content: Any = envelope.content
        data = content if isinstance(content, bytes) else str(content or "").encode()
        # In a thread: reading a large message must not hold up the sending loop.
        report = await asyncio.to_thread(service.read_report, data)
        has_sender = bool(envelope.mail_from)
        for address in envelope.rcpt_tos:
            token = read_address(address, self._settings.bounce_domain, self._keys)
            if token is None:
                continue
            try:
                async with self._uow() as uow:
                    changed = await service.take_in(uow, token, report, has_sender=has_sender)
            except (SQLAlchemyError, OSError) as error:
                log.warning("a report could not be recorded", error=type(error).__name__)
                return "451 4.3.0 try again later"
            log.info("report received", kind=report.kind, changed=changed, ordinal=token.ordinal)
        return "250 2.0.0 ok"
