"""What the connections of one process share: the clock of their time limits, their date, one place to read into."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any, Protocol

from tracker.intake import metrics
from tracker.intake.replies import Reply
from tracker.intake.service import IntakeService

OTHERS = (b"/api/", b"/internal/", b"/health/", b"/metrics")
"""How the paths begin that the application answers; everything else is intake's to answer, or to find nothing at."""
_WORDS = {400: "bad_request", 414: "address_too_long", 431: "too_large"}
_READ_SIZE = 16 << 10

Others = Callable[[], asyncio.Protocol]
"""Makes the protocol that answers for the application."""


class _Connection(Protocol):
    since: float
    is_waiting: bool
    is_due: bool

    def shutdown(self) -> None:
        """The server ends."""

    def give_up(self) -> None:
        """The client's time is over."""


@dataclass(frozen=True, slots=True)
class ListenerLimits:
    """Bounds of a connection: sizes in octets, times in seconds."""

    head: int = 8 << 10
    """Of a request line with its headers."""
    buffer: int = 16 << 10
    """Of what a client may send ahead of its answers before it is no longer read."""
    request_seconds: float = 10.0
    """From the first octet of a request to its last, and until an answer is taken."""
    idle_seconds: float = 65.0
    """Without a request: a little longer than proxies keep a connection they do not use."""
    connections: int = 8_192
    look_seconds: float = 1.0


class Listener:
    """Makes connections for a server and looks after them."""

    def __init__(
        self, intake: IntakeService, *, now_ms: Callable[[], int], limits: ListenerLimits | None = None
    ) -> None:
        self.intake = intake
        self.now_ms = now_ms
        self.limits = limits or ListenerLimits()
        self.others = OTHERS
        self.room = memoryview(bytearray(_READ_SIZE))
        self.date = b""
        """The header, renewed every second."""
        self.tick = 0.0
        """The loop's time, as coarse as `date`."""
        self._connections: dict[_Connection, set[Any]] = {}
        self._looking: asyncio.TimerHandle | None = None

    def join(self, connection: _Connection, among: set[Any]) -> bool:
        """A connection begins, and stands `among` those its server ends with; returns False when there are too many."""
        if len(self._connections) >= self.limits.connections:
            metrics.TURNED_AWAY.inc()
            return False
        connection.since = self.tick = asyncio.get_running_loop().time()
        self._connections[connection] = among
        among.add(connection)
        metrics.CONNECTIONS.set(len(self._connections))
        if self._looking is None:
            self._look()
        return True

    def leave(self, connection: _Connection) -> None:
        """A connection ends, or is somebody else's from now on."""
        among = self._connections.pop(connection, None)
        if among is not None:
            among.discard(connection)
            metrics.CONNECTIONS.set(len(self._connections))

    def count_refused(self, reply: Reply) -> None:
        """A client was sent away for how it asked."""
        if word := _WORDS.get(reply.status):
            metrics.REFUSED[word].count += 1

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self.tick = now = loop.time()
        self.date = f"date: {formatdate(self.now_ms() / 1000, usegmt=True)}\r\n".encode("ascii")
        limits = self.limits
        for each in list(self._connections):
            allowed = limits.request_seconds if each.is_due else limits.idle_seconds
            if not each.is_waiting and now - each.since > allowed:
                metrics.TOO_SLOW.inc()
                each.give_up()
        self._looking = loop.call_later(limits.look_seconds, self._look) if self._connections else None
