"""How fast a gateway is fed, and when it is left alone: one object per gateway and process, with a clock passed in.

`admit`, `release`, `report` and `ready_at` run once per message; they look at a fixed number of values and wait
for nothing. What takes longer happens when trouble is met, or in `tick`, every few seconds.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mailer.gateways.rules.allowance import Allowance
from mailer.gateways.rules.backoff import Chance
from mailer.gateways.rules.breaker import Breaker, Pause
from mailer.gateways.rules.destination import BURST_SECONDS, Destination, Limit
from mailer.gateways.rules.destinations import Destinations
from mailer.gateways.rules.door import Door
from mailer.gateways.rules.results import (
    Kind,
    Reply,
    Result,
    Slowness,
    is_policy_block,
    is_pressure,
    wants_sign_in,
)
from mailer.gateways.rules.shown import DestinationShown, destination_reasons, gateway_reasons, shown

FOREVER = float("inf")
GATEWAY_BREAK_SECONDS = 5.0
"""A break counts against its destination when the gateway took another message so recently, else against itself."""
LOOK_AGAIN_SECONDS = 30.0
"""What is paused may be resumed by somebody at any time, so nobody should rely on its end."""
_LATE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Share:
    """What this process may do with a gateway."""

    connections: int
    rate_per_second: float | None = None
    is_limited_by_hour: bool = False
    destinations: Mapping[str, Limit] = field(default_factory=dict)
    processes: int = 1
    ahead: int = 1
    """Transactions that may be admitted for each connection: what waits for permission is admitted already."""


class Pacer:
    """Admits transactions and learns from their ends."""

    def __init__(
        self,
        share: Share,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Chance = random.random,
        is_default: bool = False,
    ) -> None:
        self._clock = clock
        self._chance = chance
        self.door = Door(clock, chance, waits_out_refusals=is_default)
        self.allowance = Allowance(clock)
        self._destinations = Destinations()
        self._known = self._destinations.known
        self._breaker = Breaker()
        self._interval = 0.0
        self._next_at = 0.0
        self._paused_until = 0.0
        self._pauses: list[Pause] = []
        self._denied: dict[str, tuple[float, float]] = {}
        self._last_tick = clock()
        self.pause: str | None = None
        """Why nothing is admitted until somebody resumes, in plain words."""
        self.pause_code: str | None = None
        self.ended = 0
        """Transactions that came to an end."""
        self._accepted_at = float("-inf")
        self.adopt(share)

    def admit(self, destination: str) -> bool:
        """Reserve one transaction; each True is followed by one `release` or `report`."""
        now = self._clock()
        if now < self._paused_until:
            return False
        found = self._known.get(destination)
        if found is None:
            found = self._destinations.make(destination, now)
        if found.in_flight >= found.limit or now < found.open_at or found.next_at > now:
            return False
        allowance = self.allowance
        if allowance.left < 1 or now >= allowance.until:
            self._denied["rate_per_hour"] = (now, allowance.more_at)
            return False
        if self._interval:
            if self._next_at > now:
                self._denied["rate_per_second"] = (now, 0.0)
                return False
            # What a late wake-up missed may be caught up, a twentieth of a second's worth at most.
            self._next_at = max(self._next_at, now - BURST_SECONDS) + self._interval
        if found.interval:
            found.next_at = max(found.next_at, now - BURST_SECONDS) + found.interval
        allowance.left -= 1
        found.busy += found.in_flight * (now - found.busy_since)
        found.busy_since = now
        found.in_flight += 1
        return True

    def release(self, destination: str) -> None:
        """An admitted transaction was not attempted; it costs nothing."""
        found = self._known.get(destination)
        if found is None or not found.in_flight:
            return
        now = self._clock()
        found.busy += found.in_flight * (now - found.busy_since)
        found.busy_since = now
        found.in_flight -= 1
        found.next_at -= found.interval
        self._next_at -= self._interval
        self.allowance.left += 1

    def report(self, destination: str, result: Result) -> None:
        """An admitted transaction ended."""
        found = self._known.get(destination)
        if found is None or not found.in_flight:
            return
        now = self._clock()
        found.busy += found.in_flight * (now - found.busy_since)
        found.busy_since = now
        found.in_flight -= 1
        found.ended += 1
        self.ended += 1
        if result.kind is not Kind.ACCEPTED:
            self._learn(found, result, now)
            return
        found.accepted += 1
        self._accepted_at = now
        if found.is_growing:
            found.grow()
        elif found.is_troubled:
            found.took(now)

    def open_at(self) -> float:
        """When asking the gateway again makes sense, whatever the destination."""
        now = self._clock()
        if now < self._paused_until:
            return now + LOOK_AGAIN_SECONDS
        if self.allowance.left < 1 or now >= self.allowance.until:
            # Overdue means that the database has not been asked yet; nobody should ask us in a loop meanwhile.
            return max(self._next_at, self.allowance.more_at, now + _LATE_SECONDS)
        return self._next_at

    def ready_at(self, destination: str) -> float | None:
        """When asking again makes sense; None: when another transaction ended."""
        at = self.open_at()
        found = self._known.get(destination)
        if found is None:
            return at
        if found.in_flight >= found.limit:
            return None
        at = max(at, found.open_at, found.next_at)
        return at if found.pause_code is None else min(at, self._clock() + LOOK_AGAIN_SECONDS)

    def may_connect(self) -> bool:
        """Reserve an attempt to open a connection; each True is followed by its success or failure."""
        return self._paused_until == 0.0 and self.door.may_connect()

    def connection_opened(self) -> None:
        """An attempt succeeded: the connection is ready for its first transaction."""
        self.door.opened()

    def connection_closed(self) -> None:
        """An open connection is no more."""
        self.door.closed()

    def connection_failed(self, reason: str, *, is_refused_by_configuration: bool) -> None:
        """An attempt failed. What only another setting can cure pauses the gateway."""
        if self.door.failed(reason, is_refused_by_configuration=is_refused_by_configuration):
            self.stop(Pause(None, "configuration", reason))

    @property
    def problem(self) -> str | None:
        """Why nothing goes through at all, in plain words."""
        return self.pause or (self.door.problem if self.door.is_failing(self._accepted_at) else None)

    def slowness(self) -> Sequence[Slowness]:
        """Every reason why things do not go faster: the gateway's first, then its destinations'."""
        now = self._clock()
        found: list[Slowness] = []
        if self.pause is not None:
            found.append(Slowness("gateway_paused", None, self.pause, None))
        elif self.door.problem is not None:
            code = "gateway_failing" if self.door.is_failing(self._accepted_at) else "connections_refused"
            found.append(Slowness(code, None, self.door.problem, self.door.knock_at))
        found += gateway_reasons(self._denied, now)
        return found + destination_reasons(self._destinations.shown(), now)

    def destinations(self, most: int) -> list[DestinationShown]:
        """What the destinations in use or in trouble are doing, the paused and the busiest first."""
        now = self._clock()
        known = sorted(self._destinations.shown(), key=lambda each: (each.pause_code is None, -each.in_flight))
        return [shown(each, now) for each in known[:most]]

    def adopt(self, share: Share) -> None:
        """Obey other limits from now on; what was learned stays."""
        self.door.spread(share.processes)
        self.allowance.limit(is_limited=share.is_limited_by_hour)
        interval = 1.0 / share.rate_per_second if share.rate_per_second else 0.0
        if interval != self._interval:
            self._interval, self._next_at = interval, 0.0
        self._destinations.adopt(share.connections, share.destinations, ahead=share.ahead)

    def stop(self, pause: Pause) -> None:
        """Stop by ourselves: at once here, for everybody when it is written down."""
        self._pauses.append(pause)
        if pause.destination is None:
            self.obey_pause(pause.code, pause.reason)
        else:
            self._destinations.pause({pause.destination: pause}, self._clock())

    @property
    def is_stopping(self) -> bool:
        """Whether the gateway stopped by itself and nobody has written it down yet."""
        return any(pause.destination is None for pause in self._pauses)

    def unwritten_pauses(self) -> list[Pause]:
        """What stopped by itself and is not written down yet."""
        return list(self._pauses)

    def forget_pauses(self, written: Sequence[Pause]) -> None:
        """These are written down; from now on the database says when they end."""
        self._pauses = [pause for pause in self._pauses if pause not in written]

    def obey_pause(self, code: str | None, reason: str | None) -> None:
        """Stand still for a reason that was written down; None: go on."""
        if reason is None and self.pause is not None:
            self._breaker.forget()
            self.door.reset()
        self.pause, self.pause_code = reason, code
        self._paused_until = 0.0 if reason is None else FOREVER

    def obey_destination_pauses(self, pauses: Mapping[str, Pause]) -> None:
        """Leave these destinations alone, and no others but those that are not written down yet."""
        self._destinations.resume_all_but({*pauses, *(pause.destination for pause in self._pauses)})
        self._destinations.pause(pauses, self._clock())

    def tick(self) -> dict[str, int]:
        """What need not happen for each message; the answer is how many were accepted since the last call."""
        now = self._clock()
        if now - self._last_tick >= 1.0:
            self._last_tick = now
            self._destinations.tick(now)
        return self._destinations.take_accepted()

    def _learn(self, found: Destination, result: Result, now: float) -> None:
        if result.kind is Kind.BROKEN:
            self.door.broke()
            # When nothing goes through, it is the gateway that is gone, and the destinations are innocent.
            if now - self._accepted_at <= GATEWAY_BREAK_SECONDS:
                found.slow_down(now, self._chance, "connections_broke")
            return
        reply = result.reply
        if reply is None:
            return
        if result.kind is Kind.DEFERRED and is_pressure(reply):
            found.slow_down(now, self._chance, "asked_to_slow_down")
            return
        if found.is_growing:
            found.grow()
        if result.kind is Kind.REFUSED:
            self._refused(found, reply)

    def _refused(self, found: Destination, reply: Reply) -> None:
        if wants_sign_in(reply):
            reason = f"the gateway wants us to sign in first: it answered {reply.code}"
            self.connection_failed(reason, is_refused_by_configuration=True)
        elif is_policy_block(reply):
            pause = self._breaker.blocked(found, self.ended, f"{reply.code} {reply.text}")
            if pause is not None:
                self.stop(pause)
