"""All destinations that a gateway writes to, as far as there is something to remember about them."""

from collections.abc import Iterator, Mapping
from itertools import islice

from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.destination import Destination, Limit

FOREVER = float("inf")
MAX_DESTINATIONS = 10_000
SLOW_SECONDS = 5.0
_SWEEP = 64
_NO_LIMIT = Limit()


class Destinations:
    """Bounded: those about which nothing would be lost are forgotten first."""

    def __init__(self) -> None:
        self.known: dict[str, Destination] = {}
        self._limits: Mapping[str, Limit] = {}
        self._connections = 1
        self._ceiling = 1
        self._start = 1

    def make(self, name: str, now: float) -> Destination:
        """Begin to remember a destination."""
        if len(self.known) >= MAX_DESTINATIONS:
            self._forget(list(islice(self.known.items(), _SWEEP)), now)
        made = Destination(name, self._ceiling, self._start)
        given = self._limits.get(name)
        if given is not None:
            made.set_limit(given, self._ceiling, self._start)
        self.known[name] = made
        return made

    def adopt(self, connections: int, limits: Mapping[str, Limit], *, ahead: int = 1) -> None:
        """Obey other limits."""
        self._connections = max(connections, 1)
        ceiling = self._connections * ahead
        if ceiling == self._ceiling and limits == self._limits:
            return
        start = min(max(2, self._connections // 10), self._connections)
        self._ceiling, self._start, self._limits = ceiling, start, limits
        for each in self.known.values():
            each.set_limit(limits.get(each.name, _NO_LIMIT), ceiling, self._start)

    def pause(self, pauses: Mapping[str, Pause], now: float) -> None:
        """Leave these alone."""
        for name, pause in pauses.items():
            found = self.known.get(name) or self.make(name, now)
            found.pause(pause.code, pause.reason, FOREVER if pause.seconds is None else now + pause.seconds)

    def resume_all_but(self, kept: set[str | None]) -> None:
        """Go on with every paused one that is not named."""
        for each in self.known.values():
            if each.pause_code is not None and each.name not in kept:
                each.resume()

    def tick(self, now: float) -> None:
        """Give less room to those that answer slowly while others wait, and forget those that are not needed."""
        busy = [each for each in self.known.values() if each.in_flight or each.ended != each.seen_ended]
        for each in busy:
            seconds = each.seconds_per_message(now)
            holds_much = each.in_flight > self._start and each.in_flight * 2 >= self._connections
            if seconds >= SLOW_SECONDS and holds_much and len(busy) > 1:
                each.answers_slowly(now, self._start)
        if len(self.known) > MAX_DESTINATIONS // 2:
            self._forget(list(self.known.items()), now)

    def take_accepted(self) -> dict[str, int]:
        """How many messages each accepted since the last call."""
        taken = {name: each.accepted for name, each in self.known.items() if each.accepted}
        for name in taken:
            self.known[name].accepted = 0
        return taken

    def shown(self) -> Iterator[Destination]:
        """Those in use or in trouble."""
        return (each for each in self.known.values() if each.in_flight or each.is_troubled or each.pause_code)

    def _forget(self, some: list[tuple[str, Destination]], now: float) -> None:
        before = len(self.known)
        for name, each in some:
            if each.is_forgettable(now):
                del self.known[name]
            else:
                # To the end, so that the next sweep looks at others.
                self.known[name] = self.known.pop(name)
        if len(self.known) == before >= MAX_DESTINATIONS:
            idle = next((name for name, each in self.known.items() if not each.in_flight), None)
            if idle is not None:
                del self.known[idle]
