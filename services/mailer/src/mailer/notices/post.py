"""Handing letters to the gateway, one after the other over one connection."""

import asyncio

from mailer.notices.rules import Outcome
from mailer.notices.service import Letter
from mailer.transport.service import Answer, Connection, GatewayDown, Opener, Transaction, shown

_ATTEMPT_SECONDS = 600.0
"""For one letter from the first packet to the answer; the lease of an attempt is longer."""
_ABOUT_THE_MESSAGE = frozenset({"RCPT", "."})
"""Commands at which a 5yz means this address or message; before them it means the gateway, which can be cured."""


class Post:
    """Sends letters; a connection is kept until `close` or until it ends."""

    def __init__(self, opener: Opener, sender_address: str) -> None:
        self._opener = opener
        self._mail_from = sender_address.encode()
        self._connection: Connection | None = None
        self._next: Transaction | None = None
        self._outcome: asyncio.Future[Outcome] | None = None

    async def send(self, letter: Letter) -> Outcome:
        """What the gateway says to one letter."""
        try:
            connection = await self._ready()
        except GatewayDown as down:
            return Outcome(None, shown(f"the mail gateway cannot be used: {down.reason}"))
        self._outcome = asyncio.get_running_loop().create_future()
        self._next = Transaction(self._mail_from, letter.to.encode(), letter.data)
        connection.wake()
        try:
            async with asyncio.timeout(_ATTEMPT_SECONDS):
                return await asyncio.shield(self._outcome)
        except TimeoutError:
            connection.abort("it took too long")
            return await self._outcome
        finally:
            self._next = self._outcome = None

    def close(self) -> None:
        """Take leave of the gateway, if there is a connection."""
        if self._connection is not None:
            self._connection.drain()
            self._connection = None

    async def _ready(self) -> Connection:
        if self._connection is None or not self._connection.is_idle:
            self._connection = await self._opener.open(self)
        return self._connection

    # What the connection asks and tells

    def take(self, connection: Connection) -> Transaction | None:
        """The letter that waits, if it does."""
        if connection is not self._connection:
            return None
        taken, self._next = self._next, None
        return taken

    def ended(self, connection: Connection, transaction: Transaction, answer: Answer) -> None:
        """A final answer."""
        del connection, transaction
        reply = answer.reply
        self._say(
            Outcome(
                reply.code,
                shown(reply.text),
                is_accepted=answer.is_accepted,
                is_final=reply.is_permanent and answer.verb in _ABOUT_THE_MESSAGE,
            )
        )

    def broken(self, connection: Connection, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        """No answer will come."""
        del connection, transaction
        self._say(Outcome(None, shown(reason), is_in_doubt=in_doubt))

    def closed(self, connection: Connection, reason: str | None) -> None:
        """The connection is over; a letter that it never took can be sent again."""
        if connection is self._connection:
            self._connection = None
            self._say(Outcome(None, shown(reason or "the connection was closed")))

    def _say(self, outcome: Outcome) -> None:
        if self._outcome is not None and not self._outcome.done():
            self._outcome.set_result(outcome)
