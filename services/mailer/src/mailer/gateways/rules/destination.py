"""What a sender knows about one receiving destination: how much it takes, and when to leave it alone.

Concurrency starts low and grows by one with every answer, so a destination that never answers cannot take all
connections. It is halved when the destination asks to slow down and then comes back one by one.
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from mailer.gateways.rules.backoff import Backoff, Chance

STRIKES = 3
"""Requests to slow down, with nothing accepted between, before a destination is left alone for a while."""
CUT_SECONDS = 1.0
"""Answers of the same moment count as one request to slow down."""
RECOVERY_SECONDS = 5.0
"""One more at a time after a cut, at most this often."""
WINDOW = 1_000
MAX_BLOCKS = WINDOW * 5 // 100
BACKOFF = Backoff(first=2.0, longest=300.0)
BURST_SECONDS = 0.05
"""How much of its rate may be caught up at once after a late wake-up."""

Reason = Literal["asked_to_slow_down", "connections_broke", "slow_answers"]


@dataclass(frozen=True, slots=True)
class Limit:
    """What an administrator allows a destination, as this process' share."""

    connections: int | None = None
    rate_per_second: float | None = None


class Destination:
    """State of one destination at one gateway. `admits` and what follows are called once per message."""

    __slots__ = (
        "accepted", "blocks", "busy", "busy_since", "ceiling", "cut_at", "ended", "in_flight", "interval",
        "is_growing", "is_limited", "is_troubled", "level", "limit", "name", "next_at", "open_at", "pause_code",
        "pause_reason", "raised_at", "reason", "seen_ended", "strikes",
    )  # fmt: skip

    def __init__(self, name: str, ceiling: int, start: int) -> None:
        self.name = name
        self.in_flight = 0
        self.ceiling = ceiling
        self.limit = min(start, ceiling)
        self.is_growing = self.limit < ceiling
        self.is_limited = False
        """Whether an administrator set a number of connections."""
        self.open_at = 0.0
        """Nothing is admitted before; infinite while paused by somebody."""
        self.interval = 0.0
        self.next_at = 0.0
        self.strikes = 0
        self.level = 0
        self.cut_at = float("-inf")
        self.raised_at = 0.0
        self.ended = 0
        self.accepted = 0
        self.blocks: deque[int] | None = None
        self.is_troubled = False
        self.reason: Reason | None = None
        self.pause_code: str | None = None
        self.pause_reason: str | None = None
        self.busy = 0.0
        self.busy_since = 0.0
        self.seen_ended = 0

    def set_limit(self, given: Limit, ceiling: int, start: int) -> None:
        """Obey what an administrator set; what was learned stays."""
        self.ceiling = ceiling if given.connections is None else min(ceiling, given.connections)
        self.is_limited = given.connections is not None
        interval = 1.0 / given.rate_per_second if given.rate_per_second else 0.0
        if interval != self.interval:
            # What the old rate asked to wait for may be an hour ahead.
            self.interval, self.next_at = interval, 0.0
        if not self.is_troubled and not self.is_growing:
            self.limit = max(self.limit, min(start, self.ceiling))
            self.is_growing = self.limit < self.ceiling
        self.limit = min(self.limit, self.ceiling)

    def slow_down(self, now: float, chance: Chance, reason: Reason) -> None:
        """It asked for less, or connections broke under its messages."""
        self.strikes += 1
        if reason == "connections_broke" and self.strikes < STRIKES:
            # The message behind one that made the server close the connection is innocent.
            self.is_troubled = not self.is_growing
            return
        self.is_growing = False
        self.is_troubled = True
        self.reason = reason
        if now - self.cut_at >= CUT_SECONDS:
            self.limit = max(1, min(self.limit, self.in_flight + 1) // 2)
            self.cut_at = self.raised_at = now
        if self.strikes >= STRIKES and now >= self.open_at:
            self.level += 1
            self.open_at = now + BACKOFF.wait(self.level, chance)

    def grow(self) -> None:
        """It answered: it can stand one more at a time."""
        self.strikes = 0
        self.limit += 1
        if self.limit >= self.ceiling:
            self.limit, self.is_growing = self.ceiling, False

    def took(self, now: float) -> None:
        """It accepted a message while it was troubled."""
        self.strikes = 0
        if now < self.open_at:
            return
        self.level = 0
        if self.limit < self.ceiling and now - self.raised_at >= RECOVERY_SECONDS:
            self.limit += 1
            self.raised_at = now
        if self.limit >= self.ceiling:
            self.limit = self.ceiling
            self.is_troubled, self.reason = False, None

    def answers_slowly(self, now: float, start: int) -> None:
        """It holds connections that others could use."""
        self.limit, self.is_growing = min(start, self.limit), False
        self.is_troubled, self.reason, self.raised_at = True, "slow_answers", now

    def blocked(self) -> bool:
        """It refused a message because of who we are; True when that happened too often among the last ones."""
        if self.blocks is None:
            self.blocks = deque()
        self.blocks.append(self.ended)
        while self.blocks[0] <= self.ended - WINDOW:
            self.blocks.popleft()
        return len(self.blocks) > MAX_BLOCKS

    def pause(self, code: str, reason: str, until: float) -> None:
        """Admit nothing for a known reason."""
        self.pause_code, self.pause_reason, self.open_at = code, reason, until
        self.blocks = None

    def resume(self) -> None:
        """Admit again, carefully."""
        if self.pause_code is not None:
            self.pause_code, self.pause_reason, self.open_at = None, None, 0.0
            self.blocks, self.strikes, self.level = None, 0, 0

    def seconds_per_message(self, now: float) -> float:
        """How long messages took since the last call, by the time that they kept connections busy."""
        busy = self.busy + self.in_flight * (now - self.busy_since)
        ended = self.ended - self.seen_ended
        self.busy, self.busy_since, self.seen_ended = 0.0, now, self.ended
        return busy / max(ended, 1)

    def is_forgettable(self, now: float) -> bool:
        """Whether nothing would be lost by starting anew with it."""
        return not (
            self.in_flight or self.accepted or self.is_troubled or self.pause_code or now < self.next_at or self.blocks
        )
