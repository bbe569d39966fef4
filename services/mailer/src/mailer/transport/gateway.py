"""The SMTP server that mail is handed to: opening connections to it, and leaving it alone when it is down."""

import asyncio
import random
import ssl
import time
from typing import cast

import aiosmtplib

from common.observability.logging import get_logger
from mailer.config import SmtpSettings
from mailer.transport.session import Session, Timeouts

log = get_logger()
_FIRST_WAIT_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 10.0


class GatewayDown(Exception):
    """No connection could be opened; the text says why in plain words."""


class Gateway:
    """Opens sessions. While it fails only one attempt is made at a time, with a growing, jittered wait between."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._context = None if settings.tls == "none" else _context(settings)
        self._opening = asyncio.Lock()
        self._wait = 0.0
        self.problem: str | None = None
        """Why the last attempt failed; None while things work."""

    async def open(self) -> Session:
        """A session ready for its first transaction; waits through outages. Raises CancelledError only."""
        while True:
            try:
                if self.problem is None:
                    return await self._open()
                async with self._opening:
                    if self.problem is not None:
                        await asyncio.sleep(self._wait * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret
                    return await self._open()
            except GatewayDown as down:
                self._note(str(down))

    def _note(self, problem: str) -> None:
        if problem != self.problem:
            log.warning("gateway not usable", reason=problem)
        self.problem = problem
        self._wait = min(max(self._wait * 2, _FIRST_WAIT_SECONDS), _LONGEST_WAIT_SECONDS)

    async def _open(self) -> Session:
        settings = self._settings
        started = time.monotonic()
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            local_hostname=settings.helo,
            timeout=settings.connect_seconds,
            start_tls=settings.tls in {"required", "verified"} or (None if settings.tls == "opportunistic" else False),
            tls_context=self._context,
        )
        try:
            await client.connect()
            if settings.user:
                await client.login(settings.user, settings.password.get_secret_value())
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
            client.close()
            raise GatewayDown(f"the mail gateway cannot be used: {_reason(error)}") from None
        if self.problem is not None:
            log.info("gateway usable again", seconds=round(time.monotonic() - started, 3))
        self.problem, self._wait = None, 0.0
        timeouts = Timeouts(settings.command_seconds, settings.data_seconds, settings.dot_seconds)
        transport = cast(asyncio.Transport, client.transport)
        return Session(transport, can_pipeline=client.supports_extension("pipelining"), timeouts=timeouts)


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.tls != "verified":
        # Encryption without proof of identity is better than none; `verified` asks for the proof.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _reason(error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"it answered {error.code}"
    if isinstance(error, TimeoutError | aiosmtplib.SMTPTimeoutError):
        return "it does not answer"
    if isinstance(error, ssl.SSLError):
        return "its encryption cannot be trusted"
    return "no connection"
