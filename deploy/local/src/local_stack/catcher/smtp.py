"""The mail server of the catcher: takes whatever it is given and delivers nothing."""

import asyncio
import email.parser
import email.policy
from collections.abc import Awaitable, Callable

from aiosmtpd.smtp import SMTP, Envelope, Session

from local_stack.catcher.store import MessageStore

LARGEST_MESSAGE = 32 * 1024 * 1024
_HEADERS_READ = 64 * 1024


def subject_of(raw: bytes) -> str:
    """The decoded subject of a message, on one line; empty when it has none or it cannot be read."""
    headers = email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(raw[:_HEADERS_READ])
    try:
        return " ".join(str(headers.get("subject", "")).split())
    except (ValueError, LookupError):
        return ""


class Catch:
    """What aiosmtpd calls: one method a command that we care about."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store

    # Names and parameters are aiosmtpd's; it counts the parameters of this one.
    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer pipelining as well: commands are read from a buffer, in order."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message, then say so."""
        raw = envelope.original_content or b""
        number = self._store.add(envelope.mail_from or "", list(envelope.rcpt_tos), subject_of(raw), raw)
        return f"250 2.0.0 caught as {number}"


async def listen(store: MessageStore, host: str, port: int) -> Callable[[], Awaitable[None]]:
    """Open the server; returns what closes it."""
    loop = asyncio.get_running_loop()
    handler = Catch(store)

    def connection() -> SMTP:
        return SMTP(
            handler,
            data_size_limit=LARGEST_MESSAGE,
            enable_SMTPUTF8=True,
            hostname="catcher.tutti.test",
            ident="Tutti mail catcher",
            loop=loop,
        )

    server = await loop.create_server(connection, host, port)

    async def close() -> None:
        server.close()
        await server.wait_closed()

    return close
