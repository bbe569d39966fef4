"""How far which counter moves: arithmetic over new reactions, without a database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from common.contracts.lui import TrackingLevel
from tracker.plans.groups import ANY
from tracker.plans.plan import Plan
from tracker.privacy.rules import counts_people, tally_period_ms

ANY_LINK = ANY
"""Link number under which clicks on whichever link are counted once per recipient."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PROFILE_SHIFT = 32
"""Bits of a subject at anonymous below the number of its profile."""


class ReactionKind(StrEnum):
    """What a recipient did."""

    OPEN = "open"
    CLICK = "click"
    ACTION = "action"


class Remembered(StrEnum):
    """Whose reactions a delivery remembers one by one."""

    NOBODY = "nobody"
    PEOPLE = "people"
    PROFILES = "profiles"


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Something to react to in one delivery, and how reactions to it count."""

    delivery_number: int
    kind: str
    link_number: int
    part: str
    period_ms: int
    remembered: Remembered
    counted_under: tuple[int, ...]
    """Every number a recipient's reaction counts under (`plans.groups`)."""


TallyKey = tuple[int, str, int, datetime, str, str]
"""Delivery, kind, link, start of the period, judgement, part."""
SeenKey = tuple[int, str, int, int]
"""Delivery, kind, link, subject."""
FirstsKey = tuple[int, str, int, datetime]
"""Delivery, kind, link, start of the period."""


@dataclass(slots=True)
class Sight:
    """What is known about one recipient and one thing."""

    first_at: datetime
    first_human_at: datetime | None = None
    hits: int = 0

    def merge(self, other: "Sight") -> "Sight":
        """Both together."""
        humans = [at for at in (self.first_human_at, other.first_human_at) if at is not None]
        return Sight(min(self.first_at, other.first_at), min(humans, default=None), self.hits + other.hits)


@dataclass(frozen=True, slots=True)
class Sights:
    """Who reacted to one thing, by subject; in milliseconds since 1970. Numbers only: no hit becomes an object."""

    first: dict[int, int] = field(default_factory=dict)
    human: dict[int, int] = field(default_factory=dict)
    """The first that no machine caused, where there is one."""
    hits: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Movements:
    """By how much each counter moves."""

    tallies: Counter[TallyKey] = field(default_factory=Counter)
    totals: Counter[tuple[int, str]] = field(default_factory=Counter)
    """By delivery and kind."""
    sights: dict[Thing, Sights] = field(default_factory=dict)
    """By what was reacted to."""

    @property
    def periods(self) -> dict[int, int]:
        """Milliseconds of a period, of the deliveries whose rows of `seen` are people; others' are profiles."""
        things = [thing for thing in self.sights if thing.remembered is Remembered.PEOPLE]
        return {thing.delivery_number: thing.period_ms for thing in things}

    @property
    def seen(self) -> dict[SeenKey, Sight]:
        """What the sights come to under every number they count under: what PostgreSQL works out from them as well."""
        seen: dict[SeenKey, Sight] = {}
        for thing, sights in self.sights.items():
            for subject, first in sights.first.items():
                human = sights.human.get(subject)
                sight = Sight(instant(first), None if human is None else instant(human), sights.hits[subject])
                for link in thing.counted_under:
                    key = (thing.delivery_number, thing.kind, link, subject)
                    known = seen.get(key)
                    seen[key] = sight if known is None else known.merge(sight)
        return seen


def thing_of(plan: Plan, kind: str, link_number: int) -> Thing:
    """What a reaction of this kind with this number in its path was to."""
    alone: tuple[int, ...] = (link_number, ANY) if link_number else (ANY,)
    under, part = alone, ""
    if kind == ReactionKind.CLICK:
        under, part = plan.things.get(link_number, alone), plan.parts.get(link_number, "")
    elif kind == ReactionKind.OPEN:
        part = "html"  # only HTML can hold the pixel
    return Thing(
        delivery_number=plan.delivery_number,
        kind=str(kind),
        link_number=link_number,
        part=part,
        period_ms=tally_period_ms(plan.level),
        remembered=remembered_at(plan.level),
        counted_under=under,
    )


def remembered_at(level: TrackingLevel) -> Remembered:
    """Whose reactions a level remembers one by one."""
    if level is TrackingLevel.ANONYMOUS:
        return Remembered.PROFILES
    return Remembered.PEOPLE if counts_people(level) else Remembered.NOBODY


class Tallying:
    """Adds up reactions, one after the other."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[Thing, int, str], int] = {}
        self._sights: dict[Thing, Sights] = {}

    def add(self, thing: Thing, subject: int, at_ms: int, judgement: str, is_machine: bool) -> None:  # noqa: FBT001
        """One more."""
        self.count(thing, at_ms // thing.period_ms, judgement, 1)
        if subject and thing.remembered is not Remembered.NOBODY:
            self.see(thing, subject, at_ms, is_machine)

    def count(self, thing: Thing, period: int, judgement: str, count: int) -> None:
        """Some more within one period, by its number since 1970."""
        key = (thing, period, judgement)
        self._tallies[key] = self._tallies.get(key, 0) + count

    def see(self, thing: Thing, subject: int, at_ms: int, is_machine: bool, count: int = 1) -> None:  # noqa: FBT001
        """Some of a recipient that are alike, where any is remembered. Called for every such hit: it does little."""
        if thing.remembered is Remembered.PROFILES:
            subject >>= PROFILE_SHIFT
        sights = self._sights.get(thing)
        if sights is None:
            sights = self._sights[thing] = Sights()
        if not is_machine and at_ms <= sights.human.get(subject, at_ms):
            sights.human[subject] = at_ms
        if subject in sights.first:
            sights.hits[subject] += count
            sights.first[subject] = min(sights.first[subject], at_ms)
        else:
            sights.first[subject] = at_ms
            sights.hits[subject] = count

    def moved(self) -> Movements:
        """How far every counter moves by all that was added."""
        moved = Movements()
        for (thing, period, judgement), count in self._tallies.items():
            number, kind = thing.delivery_number, thing.kind
            start = instant(period * thing.period_ms)
            moved.tallies[number, kind, thing.link_number, start, judgement, thing.part] += count
            moved.totals[number, kind] += count
        moved.sights = self._sights
        return moved


@dataclass(frozen=True, slots=True)
class Regrouped:
    """How far `people` and `firsts` move because recipients were seen, or seen in another light."""

    people: Counter[tuple[int, str, int]] = field(default_factory=Counter)
    humans: Counter[tuple[int, str, int]] = field(default_factory=Counter)
    firsts: Counter[FirstsKey] = field(default_factory=Counter)
    human_firsts: Counter[FirstsKey] = field(default_factory=Counter)

    def note(self, key: SeenKey, before: Sight | None, after: Sight, period_ms: int) -> None:
        """One recipient and thing, as known before and after."""
        thing = key[:3]
        if before is None:
            self.people[thing] += 1
        if before is None or before.first_at != after.first_at:
            self._move(self.firsts, thing, (before.first_at if before else None, after.first_at), period_ms)
        human_before = before.first_human_at if before else None
        if human_before != after.first_human_at:
            self.humans[thing] += (after.first_human_at is not None) - (human_before is not None)
            self._move(self.human_firsts, thing, (human_before, after.first_human_at), period_ms)

    @staticmethod
    def _move(
        firsts: Counter[FirstsKey],
        thing: tuple[int, str, int],
        moved: tuple[datetime | None, datetime | None],
        period_ms: int,
    ) -> None:
        before, after = moved
        if before is not None:
            firsts[*thing, period_start(before, period_ms)] -= 1
        if after is not None:
            firsts[*thing, period_start(after, period_ms)] += 1


def instant(at_ms: int) -> datetime:
    """The instant of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970 of an instant; exact, other than by way of a float."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def period_start(at: datetime, period_ms: int) -> datetime:
    """Start of the period an instant is tallied in."""
    whole = milliseconds(at)
    return instant(whole - whole % period_ms)


def movements(reactions: Iterable[tuple[Thing, int, int, str, bool]]) -> Movements:
    """Add up reactions given as `Tallying.add` takes them."""
    tallying = Tallying()
    for reaction in reactions:
        tallying.add(*reaction)
    return tallying.moved()


def bits(ordinals: Sequence[int]) -> bytes:
    """A set of ordinals as bits, least significant first; as long as the highest needs."""
    octets = bytearray(max(ordinals, default=-1) // 8 + 1)
    for ordinal in ordinals:
        octets[ordinal >> 3] |= 1 << (ordinal & 7)
    return bytes(octets)
