"""How far which counter moves: arithmetic over new reactions, without a database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from common.contracts.lui import TrackingLevel
from tracker.privacy.rules import counts_people, tally_period_ms

ANY_LINK = 0
"""Link number under which clicks on whichever link are counted once per recipient."""


class ReactionKind(StrEnum):
    """What a recipient did."""

    OPEN = "open"
    CLICK = "click"


@dataclass(frozen=True, slots=True)
class Counted:
    """A new reaction, as far as counting needs it."""

    delivery_number: int
    level: TrackingLevel
    kind: ReactionKind
    subject: int
    link_number: int
    part: str
    at: datetime
    judgement: str
    is_machine: bool


TallyKey = tuple[int, str, int, datetime, str, str]
"""Delivery, kind, link, start of the period, judgement, part."""
SeenKey = tuple[int, str, int, int]
"""Delivery, kind, link, subject."""


@dataclass(slots=True)
class Sight:
    """What is new about one recipient and one thing."""

    first_at: datetime
    first_human_at: datetime | None = None
    hits: int = 0

    def add(self, reaction: Counted) -> None:
        """One more reaction."""
        self.hits += 1
        self.first_at = min(self.first_at, reaction.at)
        if not reaction.is_machine:
            self.first_human_at = min(self.first_human_at or reaction.at, reaction.at)


@dataclass(slots=True)
class Movements:
    """By how much each counter moves."""

    tallies: Counter[TallyKey] = field(default_factory=Counter)
    seen: dict[SeenKey, Sight] = field(default_factory=dict)
    totals: Counter[tuple[int, str]] = field(default_factory=Counter)
    """By delivery and kind."""


def movements(reactions: Iterable[Counted]) -> Movements:
    """Add up new reactions."""
    moved = Movements()
    for reaction in reactions:
        number, kind = reaction.delivery_number, reaction.kind
        start = period_start(reaction.at, reaction.level)
        moved.tallies[number, kind, reaction.link_number, start, reaction.judgement, reaction.part] += 1
        moved.totals[number, kind] += 1
        if counts_people(reaction.level):
            for link in sorted({reaction.link_number, ANY_LINK}):
                moved.seen.setdefault((number, kind, link, reaction.subject), Sight(reaction.at)).add(reaction)
    return moved


def period_start(at: datetime, level: TrackingLevel) -> datetime:
    """Start of the period an instant is tallied in."""
    seconds = tally_period_ms(level) // 1000
    whole = int(at.timestamp())
    return datetime.fromtimestamp(whole - whole % seconds, UTC)
