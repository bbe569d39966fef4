"""What a connection gets to send: within its limits, and only what can work there."""

import asyncio
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from mailer.transport.transactions import Extensions, FeederOf, Transaction, refused_here

C = TypeVar("C")
_MOST_REFUSED_HERE: Final = 32
"""Messages refused without the server in one turn of the loop."""


class Supply(Generic[C]):
    """Takes from the feeder; a transaction that cannot work with this server is answered without it."""

    def __init__(self, connection: C, feeder: FeederOf[C], extensions: Extensions, most: int) -> None:
        self._connection = connection
        self._feeder = feeder
        self._extensions = extensions
        self._most = most
        self.on_more: Callable[[], None] = lambda: None
        """Called when it was interrupted, and may be asked again."""
        self.taken = 0
        self.held: Transaction | None = None
        """Taken, but not yet begun."""
        self.is_draining = False
        self.is_closed = False

    @property
    def is_exhausted(self) -> bool:
        """Nothing more will ever come."""
        return (self.is_draining or self.taken >= self._most) and self.held is None

    def take(self) -> Transaction | None:
        """The next transaction for this connection, if there is one now."""
        if self.held is not None:
            held, self.held = self.held, None
            return held
        for _ in range(_MOST_REFUSED_HERE):
            if self.is_draining or self.is_closed or self.taken >= self._most:
                return None
            transaction = self._feeder.take(self._connection)
            if transaction is None:
                return None
            if self.is_closed:
                self._feeder.broken(self._connection, transaction, "the connection was given up", in_doubt=False)
                return None
            refusal = refused_here(transaction, self._extensions)
            if refusal is None:
                self.taken += 1
                return transaction
            self._feeder.ended(self._connection, transaction, refusal)
        asyncio.get_running_loop().call_soon(self.on_more)
        return None
