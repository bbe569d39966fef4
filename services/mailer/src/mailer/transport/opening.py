"""Opening a connection: connect, EHLO, STARTTLS and AUTH by aiosmtplib, then the transport is the connection's."""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from typing import Final, Literal, cast

import aiosmtplib
import idna

from mailer.transport.connection import Connection, Feeder
from mailer.transport.rules import shown
from mailer.transport.target import Target
from mailer.transport.tls import context_for, why_not_encrypted
from mailer.transport.transactions import Extensions
from mailer.transport.watchdog import LOOK_SECONDS, Watchdog

IMPLICIT_TLS_PORT: Final = 465
Step = Literal["connect", "tls", "sign_in", "extensions"]


class GatewayDown(Exception):
    """No connection could be opened; the text says why in plain words.

    `is_refused_by_configuration`: trying again is useless before somebody changes a setting, here or there.
    """

    def __init__(self, reason: str, *, is_refused_by_configuration: bool = False, step: Step = "connect") -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_refused_by_configuration = is_refused_by_configuration
        self.step = step


class Opener:
    """Opens connections to one target. Nothing is kept between them but the authorities it trusts.

    Policies: `none` never encrypts. `opportunistic` encrypts when STARTTLS is offered; a handshake that fails then is
    an error and not a reason to go on in clear, and a password is never said in clear. `required` and `verified` are
    down when STARTTLS is not offered. On port 465 encryption comes first, whatever is offered.
    """

    def __init__(self, target: Target, *, watchdog: Watchdog | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.target = target
        times = target.timeouts
        shortest = min(times.command, times.data, times.dot, target.idle_seconds)
        self._watchdog = watchdog or Watchdog(min(LOOK_SECONDS, shortest / 4))
        self._tls = tls
        self._reading = asyncio.Lock()

    async def open(self, feeder: Feeder) -> Connection:
        """A connection that waits to be woken. Raises GatewayDown."""
        opening = _Opening(self.target, await self._context())
        try:
            async with asyncio.timeout(self.target.timeouts.connect):
                client = await opening.run()
        except TimeoutError:
            raise GatewayDown("it does not answer", step=opening.step) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise opening.explained(error) from None
        finally:
            opening.give_up_unless_open()
        connection = Connection(feeder, self.target, _offered(client.esmtp_extensions), self._watchdog)
        transport = cast(asyncio.Transport, client.transport)
        transport.set_protocol(connection)
        connection.connection_made(transport)
        return connection

    async def _context(self) -> ssl.SSLContext | None:
        async with self._reading:
            if self._tls is None and self.target.tls != "none":
                # Reading a few hundred certificates takes longer than the loop may be held up.
                self._tls = await asyncio.to_thread(context_for, self.target.tls)
        return self._tls


class _Opening:
    """One attempt, step by step."""

    def __init__(self, target: Target, tls: ssl.SSLContext | None) -> None:
        self._target = target
        self._tls = tls
        self._client: aiosmtplib.SMTP | None = None
        self._is_open = False
        self.step: Step = "connect"

    async def run(self) -> aiosmtplib.SMTP:
        target = self._target
        is_encrypted_first = target.port == IMPLICIT_TLS_PORT and target.tls != "none"
        client = self._client = aiosmtplib.SMTP(
            hostname=_ascii_name(target.host),
            port=target.port,
            local_hostname=_ascii_name(target.helo),
            timeout=target.timeouts.connect,
            use_tls=is_encrypted_first,
            start_tls=False,
            tls_context=self._tls,
        )
        await client.connect()
        await self._greet(client)
        if target.tls != "none" and not is_encrypted_first:
            await self._encrypt(client)
        if target.user:
            await self._sign_in(client)
        self.step = "extensions"
        if not client.is_connected:
            raise GatewayDown("it closed the connection", step="extensions")
        self._is_open = True
        return client

    async def _greet(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.ehlo()
        except aiosmtplib.SMTPHeloError:
            if not client.is_connected:
                raise
            await client.helo()

    async def _encrypt(self, client: aiosmtplib.SMTP) -> None:
        self.step = "tls"
        if client.supports_extension("starttls"):
            await client.starttls()
            await self._greet(client)
        elif self._target.tls != "opportunistic":
            raise GatewayDown(
                "it does not offer encryption, and this gateway demands it; nothing was sent",
                is_refused_by_configuration=True,
                step="tls",
            )

    async def _sign_in(self, client: aiosmtplib.SMTP) -> None:
        self.step = "sign_in"
        if self._target.tls != "none" and client.get_transport_info("sslcontext") is None:
            raise GatewayDown(
                "it does not offer encryption, and the password is not said in clear; choose `none` to allow that",
                is_refused_by_configuration=True,
                step="sign_in",
            )
        if not client.supported_auth_methods:
            raise GatewayDown(
                "it does not offer a way to sign in that is known here",
                is_refused_by_configuration=True,
                step="sign_in",
            )
        await client.login(self._target.user.encode(), self._target.password.encode())

    def give_up_unless_open(self) -> None:
        """Leave nothing behind."""
        if not self._is_open and self._client is not None:
            self._client.close()

    def explained(self, error: Exception) -> GatewayDown:
        """What went wrong, in plain words."""
        cause = error if isinstance(error, ssl.SSLError) else error.__cause__
        if isinstance(cause, ssl.SSLError):
            reason = why_not_encrypted(cause, self._target.host)
            return GatewayDown(reason, is_refused_by_configuration=True, step="tls")
        if isinstance(error, aiosmtplib.SMTPResponseException):
            return self._answered(error)
        if isinstance(error, ValueError):
            return GatewayDown(f"its settings make no sense: {error}", is_refused_by_configuration=True, step=self.step)
        is_unknown_name = isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME
        return GatewayDown(
            self._no_connection(error, cause), is_refused_by_configuration=is_unknown_name, step=self.step
        )

    def _no_connection(self, error: Exception, cause: BaseException | None) -> str:
        if isinstance(error, TimeoutError):
            return "it does not answer"
        if isinstance(cause, socket.gaierror):
            return f"the name {self._target.host} leads nowhere"
        if isinstance(cause, ConnectionRefusedError):
            return f"nothing listens on port {self._target.port}"
        if isinstance(error, aiosmtplib.SMTPServerDisconnected) or isinstance(cause, aiosmtplib.SMTPServerDisconnected):
            return "it closed the connection"
        return "there is no connection to it"

    def _answered(self, error: aiosmtplib.SMTPResponseException) -> GatewayDown:
        if not 200 <= error.code < 600:
            return GatewayDown("what it said is no SMTP", step=self.step)
        said = shown(error.message.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
        if self.step == "sign_in":
            return GatewayDown(
                f"it does not accept the user name and password: {error.code} {said}",
                is_refused_by_configuration=error.code >= 500,
                step="sign_in",
            )
        return GatewayDown(f"it answered {error.code} {said}", step=self.step)


def _ascii_name(name: str) -> str:
    """A host name as the wire has it. Raises ValueError (idna.IDNAError)."""
    return name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")


def _offered(extensions: Mapping[str, str]) -> Extensions:
    size = extensions.get("size")
    return Extensions(
        pipelining="pipelining" in extensions,
        chunking="chunking" in extensions,
        size=None if size is None else int(size) if size.isascii() and size.isdigit() else 0,
        eight_bit="8bitmime" in extensions,
        smtputf8="smtputf8" in extensions,
    )
