"""Storms in simulated time: a gateway that is away for a quarter of an hour, a destination that refuses everything."""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from mailer.gateways.rules.pacer import Pacer, Share
from mailer.gateways.rules.results import ACCEPTED, BROKEN, Result

CONNECTIONS = 20
MESSAGE_SECONDS = 0.02
RECONNECT_SECONDS = 0.05
STORM = "storm.example"
OTHERS = [f"calm{number}.example" for number in range(30)]


def _chance(seed: int) -> Callable[[], float]:
    return random.Random(seed).random  # noqa: S311 - jitter that comes out the same each time


@dataclass(frozen=True)
class Said:
    """A reply."""

    code: int
    text: str = ""


@dataclass
class Turned:
    """A clock."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Sender:
    """Connections that take whatever lane is admitted next, in turn; enough is waiting in every lane."""

    pacer: Pacer
    clock: Turned
    lanes: list[str]
    answers: Counter[str] = field(default_factory=Counter)
    turn: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """How long a message takes at destinations that are slower than others."""

    def run(self, seconds: float, answer: dict[str, Result]) -> Counter[str]:
        """What was accepted, by destination."""
        free = [(0.0, number) for number in range(CONNECTIONS)]
        under_way: dict[int, str] = {}
        accepted: Counter[str] = Counter()
        while free[0][0] < seconds:
            at, number = heapq.heappop(free)
            self.clock.now = max(self.clock.now, at)
            lost = 0.0
            if number in under_way:
                lane = under_way.pop(number)
                result = answer.get(lane, ACCEPTED)
                self.pacer.report(lane, result)
                accepted[lane] += result is ACCEPTED
                if result is not ACCEPTED:
                    lost = self._closed()
            taken = self._take()
            if taken is not None:
                under_way[number] = taken
            wait = self.seconds.get(taken, MESSAGE_SECONDS) if taken is not None else 0.005
            heapq.heappush(free, (at + wait + lost, number))
        return accepted

    def _closed(self) -> float:
        """After 421 a server closes the connection, under the next message that was on its way already."""
        behind = self._take()
        if behind is not None:
            self.pacer.report(behind, BROKEN)
        return RECONNECT_SECONDS

    def _take(self) -> str | None:
        for step in range(len(self.lanes)):
            lane = self.lanes[(self.turn + step) % len(self.lanes)]
            if self.pacer.admit(lane):
                self.turn += step + 1
                return lane
        return None


def a_sender(lanes: list[str]) -> Sender:
    clock = Turned()
    return Sender(Pacer(Share(CONNECTIONS), clock=clock, chance=_chance(7)), clock, lanes)


@pytest.mark.parametrize("reply", [Said(421, "4.7.0 too busy"), Said(451, "4.7.1 rate limited"), Said(450, "later")])
def test_a_storm_of_refusals_at_one_destination_costs_the_others_less_than_a_twentieth(reply: Said) -> None:
    calm = a_sender([*OTHERS, STORM]).run(60.0, {})
    stormy = a_sender([*OTHERS, STORM]).run(60.0, {STORM: Result.deferred(reply)})
    without = sum(count for name, count in calm.items() if name != STORM)
    with_storm = sum(count for name, count in stormy.items() if name != STORM)
    assert without > 50_000
    assert with_storm >= 0.95 * without


def test_a_destination_whose_connections_break_costs_the_others_less_than_a_tenth() -> None:
    calm = a_sender([*OTHERS, STORM]).run(60.0, {})
    stormy = a_sender([*OTHERS, STORM]).run(60.0, {STORM: BROKEN})
    assert sum(stormy[name] for name in OTHERS) >= 0.9 * sum(calm[name] for name in OTHERS)


def test_a_destination_that_is_silent_after_the_dot_leaves_the_others_nine_tenths() -> None:
    calm = a_sender([*OTHERS, STORM]).run(60.0, {})
    silent = a_sender([*OTHERS, STORM])
    silent.seconds[STORM] = 300.0
    found = silent.run(60.0, {})
    assert sum(found[name] for name in OTHERS) >= 0.9 * sum(calm[name] for name in OTHERS)


def test_a_destination_is_at_full_speed_again_some_minutes_after_its_storm() -> None:
    sender = a_sender([STORM])
    sender.run(10.0, {STORM: Result.deferred(Said(421, "4.7.0"))})
    began = sender.clock.now
    accepted = 0
    while accepted < 0.95 * CONNECTIONS / MESSAGE_SECONDS and sender.clock.now < began + 600:
        lane = sender._take()
        open_now = [lane] if lane else []
        while (more := sender._take()) is not None:
            open_now.append(more)
        sender.clock.now += MESSAGE_SECONDS
        for each in open_now:
            sender.pacer.report(each, ACCEPTED)
        accepted = len(open_now) * round(1 / MESSAGE_SECONDS)
    assert sender.clock.now - began < 300


@dataclass
class Process:
    """One process that wants twenty connections and looks ten times a second whether it may try."""

    pacer: Pacer
    opened: int = CONNECTIONS

    def lose_everything(self) -> None:
        """The gateway goes away under all its connections."""
        for _ in range(self.opened):
            self.pacer.admit(STORM)
            self.pacer.report(STORM, BROKEN)
            self.pacer.connection_closed()
        self.opened = 0


def attempts_during(processes: list[Process], clock: Turned, seconds: float) -> list[float]:
    """When anybody tried to connect while nothing listens."""
    attempts: list[float] = []
    while clock.now < seconds:
        for process in processes:
            for _ in range(CONNECTIONS):
                if process.pacer.may_connect():
                    attempts.append(clock.now)
                    process.pacer.connection_failed("nothing listens", is_refused_by_configuration=False)
        clock.now += 0.1
    return attempts


def seconds_until_full(processes: list[Process], clock: Turned) -> float:
    """How long it takes until all have all their connections, once something listens."""
    began = clock.now
    while any(process.opened < CONNECTIONS for process in processes) and clock.now < began + 900:
        for process in processes:
            while process.opened < CONNECTIONS and process.pacer.may_connect():
                process.pacer.connection_opened()
                process.opened += 1
        clock.now += 0.1
    return clock.now - began


@pytest.mark.parametrize("count", [1, 3])
def test_a_gateway_that_is_away_is_tried_once_a_second_at_most_and_used_fully_within_a_minute(count: int) -> None:
    clock = Turned()
    share = Share(CONNECTIONS, processes=count)
    processes = [Process(Pacer(share, clock=clock, chance=_chance(number))) for number in range(count)]
    for process in processes:
        assert process.pacer.may_connect()
        for _ in range(CONNECTIONS):
            process.pacer.connection_opened()
        process.lose_everything()
    attempts = attempts_during(processes, clock, 900.0)
    assert 10 <= len(attempts) <= 900
    if count == 1:
        assert min(later - earlier for earlier, later in pairwise(attempts)) >= 1.0
    assert seconds_until_full(processes, clock) <= 60.0
    assert all(process.pacer.problem is None for process in processes)
