"""The messages whose end has left and whose answer has not come: what is in doubt if the connection breaks now."""

from collections import deque

from mailer.transport.transactions import Transaction


class Flight:
    """Oldest first, as their answers come. None stands for one whose fate is known before its answer."""

    __slots__ = ("_flying", "octets")

    def __init__(self) -> None:
        self._flying: deque[Transaction | None] = deque()
        self.octets = 0

    def __len__(self) -> int:
        return len(self._flying)

    def add(self, transaction: Transaction | None) -> None:
        """Its last octet is being handed over."""
        self._flying.append(transaction)
        if transaction is not None:
            self.octets += len(transaction.data)

    def land(self) -> Transaction | None:
        """The oldest has its answer."""
        transaction = self._flying.popleft()
        if transaction is not None:
            self.octets -= len(transaction.data)
        return transaction

    def settle_oldest(self) -> Transaction | None:
        """The oldest was refused already; the answer that is still to come means nothing."""
        transaction = self.land()
        self._flying.appendleft(None)
        return transaction

    def clear(self) -> list[Transaction]:
        """What is in doubt; nothing is under way any more."""
        doubtful = [transaction for transaction in self._flying if transaction is not None]
        self._flying.clear()
        self.octets = 0
        return doubtful
