"""One look a second at all connections, instead of a timer for every command."""

import asyncio
from typing import Protocol

LOOK_SECONDS = 1.0


class Watched(Protocol):
    """What can run out of time."""

    def look(self, now: float) -> None:
        """Act if it is too late; `now` is the loop's time."""


class Watchdog:
    """Looks at what it watches for as long as there is something to watch; costs one timer."""

    def __init__(self, every: float = LOOK_SECONDS) -> None:
        self._every = every
        self._watched: set[Watched] = set()
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, watched: Watched) -> None:
        """From now on."""
        self._watched.add(watched)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._every, self._look)

    def forget(self, watched: Watched) -> None:
        """No longer."""
        self._watched.discard(watched)
        if not self._watched and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        # Set before anyone acts: an ending connection calls forget.
        self._timer = loop.call_later(self._every, self._look)
        now = loop.time()
        for watched in tuple(self._watched):
            watched.look(now)
