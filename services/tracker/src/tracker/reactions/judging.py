"""What is judged again when everything around it is known, or because the rules are better now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import TrackingLevel
from tracker.plans.plan import Plan
from tracker.reactions.acceptances import AcceptanceRepository
from tracker.reactions.harvest import delay_of
from tracker.reactions.judgings import Judged, JudgingRepository, Kept, Pending
from tracker.reactions.networks import network_class
from tracker.reactions.rules import (
    CONTEXT_MS,
    MACHINES,
    Verdict,
    judge,
    judge_delayed,
    judge_together,
)
from tracker.tallies.rules import ReactionKind, Thing, milliseconds, thing_of
from tracker.tallies.shifting import FirstHuman, Shift

CHUNK = 20_000
"""Reactions judged in one transaction, which keeps the delivery's counters locked."""
_CONTEXT = timedelta(milliseconds=CONTEXT_MS)


@dataclass(frozen=True, slots=True)
class Portion:
    """Reactions read to be judged, and where the next ones begin; None: these were the last."""

    reactions: Sequence[Kept]
    following: tuple[datetime, int] | None


async def read_portion(session: AsyncSession, pending: Pending, plan: Plan, *, chunk: int = CHUNK) -> Portion:
    """The next reactions to be judged. Clicks come with those before them that say something about them."""
    judgings = JudgingRepository(session)
    begin = (pending.begin, pending.place)
    overlap = _CONTEXT if pending.kind == ReactionKind.CLICK and plan.level is TrackingLevel.PERSONAL else timedelta()
    if overlap:
        found = await judgings.reactions(pending, (pending.begin - overlap, 0), limit=chunk)
        if len(found) < chunk:
            return Portion(found, None)
        if found[-1].at - overlap > pending.begin:
            return Portion(found, (found[-1].at - overlap, 0))
        # More at once than a portion holds: what they say about each other is known as far as it reaches.
    found = await judgings.reactions(pending, begin, limit=chunk)
    return Portion(found, (found[-1].at, found[-1].place + 1) if len(found) == chunk else None)


async def complete_delays(session: AsyncSession, plan: Plan, reactions: Sequence[Kept]) -> Mapping[int, int]:
    """Delays, by place, of reactions that came in before their acceptance did."""
    if plan.level is not TrackingLevel.PERSONAL:
        return {}
    without = [each for each in reactions if each.subject and each.delay_ms is None]
    keys = {(plan.delivery_number, each.subject) for each in without}
    accepted = await AcceptanceRepository(session).find(keys)
    delays = {
        each.place: delay_of(milliseconds(each.at), accepted[plan.delivery_number, each.subject])
        for each in without
        if (plan.delivery_number, each.subject) in accepted
    }
    return {place: delay for place, delay in delays.items() if delay is not None}


def judge_all(plan: Plan, kind: str, reactions: Sequence[Kept], delays: Mapping[int, int]) -> Sequence[Judged]:
    """Reactions with their judgements; only those whose judgement, rule or delay is not what is kept."""
    judged = {each.place: _judge_one(plan, each, delays) for each in reactions}
    if kind == ReactionKind.CLICK and plan.level is TrackingLevel.PERSONAL:
        for place, verdict in _judge_bursts(plan, reactions):
            if not judged[place].verdict.is_machine:
                judged[place] = Judged(judged[place].kept, verdict, judged[place].delay_ms)
    return [each for each in judged.values() if each.differs]


def _judge_one(plan: Plan, kept: Kept, delays: Mapping[int, int]) -> Judged:
    delay = delays.get(kept.place, kept.delay_ms)
    alone = judge(kept.method, kept.agent, network_class(kept.network))
    return Judged(kept, judge_delayed(alone, delay) if plan.level is TrackingLevel.PERSONAL else alone, delay)


def _judge_bursts(plan: Plan, reactions: Iterable[Kept]) -> Iterable[tuple[int, Verdict]]:
    by_subject: dict[int, list[Kept]] = {}
    for each in reactions:
        if each.subject:
            by_subject.setdefault(each.subject, []).append(each)
    parts: dict[str, set[int]] = {}
    for link in plan.links:
        parts.setdefault(link.part, set()).add(link.number)
    wholes = [frozenset(links) for links in parts.values()]
    for clicks in by_subject.values():
        if len(clicks) > 1:
            found = judge_together([(milliseconds(each.at), each.link_number) for each in clicks], wholes)
            yield from ((each.place, verdict) for each, verdict in zip(clicks, found, strict=True) if verdict)


def shifts_of(plan: Plan, kind: str, judged: Iterable[Judged]) -> Sequence[Shift]:
    """What the counters have to follow."""
    thing = _things(plan, kind)
    return [
        Shift(
            thing=thing(each.kept.link_number),
            subject=each.kept.subject,
            at_ms=milliseconds(each.kept.at),
            before=each.kept.judgement,
            after=each.verdict.judgement.value,
            was_machine=each.kept.judgement in MACHINES,
            is_machine=each.verdict.is_machine,
        )
        for each in judged
        if each.kept.judgement != each.verdict.judgement.value
    ]


async def first_humans(
    session: AsyncSession, plan: Plan, kind: str, subjects: Collection[int], since: datetime
) -> Sequence[FirstHuman]:
    """The earliest reaction to each link that is judged a human's, of these recipients (at anonymous: profiles)."""
    thing = _things(plan, kind)
    rows = await JudgingRepository(session).first_humans(plan, kind, subjects, since)
    return [FirstHuman(thing(link), subject, at) for link, subject, at in rows]


def _things(plan: Plan, kind: str) -> "partial[Thing]":
    return partial(thing_of, plan, kind)
