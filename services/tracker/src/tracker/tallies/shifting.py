"""Counters follow when reactions that were counted are judged anew."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from tracker.tallies.repository import TallyRepository
from tracker.tallies.rules import (
    PROFILE_SHIFT,
    Regrouped,
    Remembered,
    SeenKey,
    Sight,
    TallyKey,
    Thing,
    instant,
    period_start,
)
from tracker.tallies.seen import SeenRepository


@dataclass(frozen=True, slots=True)
class Shift:
    """One reaction, as it was judged and as it is judged now."""

    thing: Thing
    subject: int
    at_ms: int
    before: str
    after: str
    was_machine: bool
    is_machine: bool


@dataclass(frozen=True, slots=True)
class FirstHuman:
    """The earliest reaction of a recipient to a thing that is judged a human's, among those that were asked for."""

    thing: Thing
    subject: int
    at: datetime


FindFirstHumans = Callable[[Collection[int], datetime], Awaitable[Sequence[FirstHuman]]]
"""Of these subjects (of profiles at anonymous), among the raw reactions from an instant on."""


async def shift(session: AsyncSession, shifts: Sequence[Shift], find: FindFirstHumans) -> None:
    """Move the counters of one delivery and kind, whose lock is held; the raw reactions say the new judgement already.

    Only who lost the reaction by which they were first taken for a person is looked up among raw reactions, and only
    from there on: what is older was a machine's, or is not kept any more and stays what it was.
    """
    tallies: Counter[TallyKey] = Counter()
    for each in shifts:
        thing = each.thing
        start = period_start(instant(each.at_ms), thing.period_ms)
        tallies[thing.delivery_number, thing.kind, thing.link_number, start, each.before, thing.part] -= 1
        tallies[thing.delivery_number, thing.kind, thing.link_number, start, each.after, thing.part] += 1
    counters = TallyRepository(session)
    await counters.add_tallies(tallies)
    await counters.regroup(await _see_anew(SeenRepository(session), shifts, find))
    await counters.drop_empty({each.thing.delivery_number for each in shifts})


async def _see_anew(seen: SeenRepository, shifts: Sequence[Shift], find: FindFirstHumans) -> Regrouped:
    gained, lost = _gained(shifts), _lost(shifts)
    known = await seen.find(gained.keys() | lost.keys())
    humans = {key: _least(known[key].first_human_at, gained.get(key)) for key in known}
    doubtful = {key for key, human in humans.items() if human is not None and human in lost.get(key, ())}
    if doubtful:
        since = min(human for key in doubtful if (human := humans[key]) is not None)
        found = _by_key(await find({key[3] for key in doubtful}, since))
        humans.update({key: found.get(key) for key in doubtful})
    regrouped, changed, period_ms = Regrouped(), {}, shifts[0].thing.period_ms
    counts = shifts[0].thing.remembered is Remembered.PEOPLE
    for key, before in known.items():
        if before.first_human_at != humans[key]:
            changed[key] = Sight(before.first_at, humans[key], before.hits)
            if counts:
                regrouped.note(key, before, changed[key], period_ms)
    await seen.change(changed)
    return regrouped


def _gained(shifts: Iterable[Shift]) -> dict[SeenKey, datetime]:
    gained: dict[SeenKey, datetime] = {}
    for each in shifts:
        if each.was_machine and not each.is_machine:
            for key in _keys(each.thing, each.subject):
                gained[key] = min(gained.get(key, instant(each.at_ms)), instant(each.at_ms))
    return gained


def _lost(shifts: Iterable[Shift]) -> dict[SeenKey, set[datetime]]:
    lost: dict[SeenKey, set[datetime]] = {}
    for each in shifts:
        if each.is_machine and not each.was_machine:
            for key in _keys(each.thing, each.subject):
                lost.setdefault(key, set()).add(instant(each.at_ms))
    return lost


def _by_key(found: Iterable[FirstHuman]) -> dict[SeenKey, datetime]:
    firsts: dict[SeenKey, datetime] = {}
    for each in found:
        for key in _keys(each.thing, each.subject):
            firsts[key] = min(firsts.get(key, each.at), each.at)
    return firsts


def _keys(thing: Thing, subject: int) -> Iterable[SeenKey]:
    if subject and thing.remembered is not Remembered.NOBODY:
        who = subject >> PROFILE_SHIFT if thing.remembered is Remembered.PROFILES else subject
        for link in thing.counted_under:
            yield thing.delivery_number, thing.kind, link, who


def _least(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
