"""From lines of a spool to stored reactions and counters that moved exactly as far."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from common.contracts.lui import TrackingLevel
from common.contracts.mailer import EnvelopesAcceptedV1
from common.contracts.tracker import ReactionsSpooledV1, TrackerActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from tracker.plans import service as plans
from tracker.plans.groups import ANY
from tracker.plans.plan import Plan
from tracker.privacy.retention import TRACKING_LEVELS, Retention
from tracker.privacy.rules import tells_who
from tracker.reactions.acceptances import AcceptanceRepository
from tracker.reactions.columns import Columns, deliveries_of, fresh_of, recipients_of
from tracker.reactions.errors import DeliveryNotFound, NobodyIsKnown
from tracker.reactions.gathering import GatheringRepository, gathering_hour
from tracker.reactions.harvest import Acceptances, Harvester
from tracker.reactions.judging import (
    CHUNK,
    complete_delays,
    first_humans,
    judge_all,
    read_portion,
    shifts_of,
)
from tracker.reactions.judgings import SETTLE_AFTER, JudgingRepository
from tracker.reactions.ranges import Range
from tracker.reactions.reading import RawReaction, Stretch
from tracker.reactions.reading import page_of_reactions as page
from tracker.reactions.repository import ReactionRepository, Segment, SpoolRepository
from tracker.reactions.retention import RetentionRepository
from tracker.reactions.rules import RULES_VERSION
from tracker.tallies import service as tallies
from tracker.tallies.rules import ReactionKind, Remembered, remembered_at

log = get_logger()
ACCEPTANCES_KEPT = timedelta(days=1)
_DROPPED_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Reacted:
    """Whose reactions are asked for."""

    kind: ReactionKind
    links: tuple[int, ...]
    """Any of these (`plans.groups`); none: whichever."""
    humans_only: bool


async def store_reactions(uow: UnitOfWork, batches: Iterable[ReactionsSpooledV1]) -> int:
    """Store the hits of some batches and count those that are new; returns how many were.

    Raises UnreadableRecord for a line of a version not known here: the batch then waits for a release that knows it.
    """
    blocks = await _uncounted(uow, batches)
    if not blocks:
        return 0
    known = await plans.plans_by_number(uow, deliveries_of(blocks))
    harvest = Harvester(known, await _accepted(uow, blocks, known), uow.now).harvest(blocks)
    if harvest.planless:
        # Kept, since it was answered; not counted, since it is not known for whom. Restoring the plan is a repair.
        log.warning("reactions without a plan", count=harvest.planless)
    await ReactionRepository(uow.session).add(harvest.rows)
    await GatheringRepository(uow.session, gathering_hour(uow.now)).add(harvest.gathered)
    await JudgingRepository(uow.session).note(harvest.pending, due_at=uow.now + SETTLE_AFTER)
    await tallies.count(uow, harvest.moved)
    return harvest.hits


async def _accepted(uow: UnitOfWork, blocks: Sequence[Columns], known: Mapping[int, Plan]) -> Acceptances:
    """When the messages were accepted that these hits answer, as far as that is kept."""
    personal = {number for number, plan in known.items() if plan.level is TrackingLevel.PERSONAL}
    acceptances = AcceptanceRepository(uow.session)
    recent = await acceptances.deliveries(personal)
    return await acceptances.find(set(recipients_of(blocks, recent))) if recent else {}


async def _uncounted(uow: UnitOfWork, batches: Iterable[ReactionsSpooledV1]) -> Sequence[Columns]:
    """The lines that were never counted; they are from now on, if this transaction commits."""
    ordered = sorted(batches, key=lambda batch: (batch.spool_id, batch.segment, batch.first_offset))
    spools = SpoolRepository(uow.session)
    await spools.lock({batch.spool_id for batch in ordered})
    before = await spools.counted({(batch.spool_id, batch.segment) for batch in ordered})
    after: dict[Segment, Sequence[Range]] = {**before}
    blocks = []
    for batch in ordered:
        segment = (batch.spool_id, batch.segment)
        fresh, after[segment] = fresh_of(batch, after[segment])
        if fresh is not None:
            blocks.append(fresh)
    await spools.replace(before, after)
    return blocks


async def keep_acceptances(uow: UnitOfWork, facts: Iterable[EnvelopesAcceptedV1]) -> None:
    """Messages were accepted: for a day it matters how soon a reaction follows."""
    await AcceptanceRepository(uow.session).add(
        [
            (fact.delivery_number, ordinal, fact.at + timedelta(milliseconds=delay))
            for fact in facts
            if fact.at > uow.now - ACCEPTANCES_KEPT
            for ordinal, delay in zip(fact.ordinals, fact.delays_ms, strict=True)
        ]
    )


async def drop_acceptances(uow: UnitOfWork) -> None:
    """Forget acceptances that say nothing any more."""
    await AcceptanceRepository(uow.session).drop(before=uow.now - ACCEPTANCES_KEPT, limit=_DROPPED_AT_ONCE)


async def judge_next(uow: UnitOfWork, *, chunk: int = CHUNK) -> int | None:
    """Judge the next reactions that are due; returns of how many the judgement changed, None: nothing is due."""
    judgings = JudgingRepository(uow.session)
    pending = await judgings.next_due(now=uow.now)
    if pending is None:
        return None
    known = await plans.plans_by_number(uow, [pending.delivery_number])
    plan = known.get(pending.delivery_number)
    if plan is None:
        await judgings.advance(pending, None, now=uow.now)
        return 0
    await tallies.lock(uow, plan.delivery_number)
    portion = await read_portion(uow.session, pending, plan, chunk=chunk)
    delays = await complete_delays(uow.session, plan, portion.reactions)
    judged = judge_all(plan, pending.kind, portion.reactions, delays)
    await judgings.write(pending, judged)
    shifts = shifts_of(plan, pending.kind, judged)
    await tallies.shift(uow, shifts, partial(first_humans, uow.session, plan, pending.kind))
    await judgings.advance(pending, portion.following, now=uow.now)
    return len(shifts)


async def request_judging(uow: UnitOfWork, delivery_ids: Collection[str] | None, *, by: str) -> int:
    """Have everything judged by the present rules that was recorded of these deliveries (None: of all).

    Returns of how many deliveries reactions wait now. Raises DeliveryNotFound.
    """
    numbers = None
    if delivery_ids is not None:
        found = {plan.delivery_id: plan.delivery_number for plan in await plans.plans_of(uow, delivery_ids)}
        for missing in set(delivery_ids) - found.keys():
            raise DeliveryNotFound(f"There is no delivery {missing}", delivery_id=missing)
        numbers = list(found.values())
    count = await JudgingRepository(uow.session).request(numbers, now=uow.now)
    uow.emit(
        TrackerActionRecordedV1(
            at=uow.now,
            actor_id=by,
            action="reactions.judge",
            target_type="installation" if delivery_ids is None else "delivery",
            target_id="all" if delivery_ids is None else ",".join(sorted(delivery_ids))[:200],
            detail={"deliveries": count, "rules_version": RULES_VERSION},
            correlation_id=uow.correlation_id,
        )
    )
    return count


async def rules_in_force(uow: UnitOfWork, numbers: Collection[int]) -> int:
    """The oldest set of rules by which any reaction of these deliveries may have been judged."""
    return await JudgingRepository(uow.session).rules_in_force(numbers)


async def who_reacted(uow: UnitOfWork, number: int, asked: Reacted) -> bytes:
    """Which recipients of a delivery reacted, as bits. Raises DeliveryNotFound or NobodyIsKnown."""
    known = await plans.plans_by_number(uow, [number])
    if number not in known:
        raise DeliveryNotFound(f"There is no delivery {number}", delivery_number=number)
    level = known[number].level
    if not tells_who(level):
        raise NobodyIsKnown(f"At the level {level.value} nobody can tell who reacted", level=level.value)
    links = asked.links or (ANY,)
    return await tallies.reacted(uow, number, asked.kind, links, humans_only=asked.humans_only)


async def purge(uow: UnitOfWork, retention: Retention) -> int:
    """Delete some of what is over its time; returns how many rows and partitions, 0: nothing is left. Counters stay."""
    reactions = RetentionRepository(uow.session)
    gone = 0
    if (month := await reactions.drop_month(retention.last_month(uow.now))) is not None:
        log.info("reactions over their time dropped", partition=month)
        gone += 1
    for level in TRACKING_LEVELS:
        before = retention.before(level, uow.now)
        old = await plans.requested_before(uow, level, before)
        if numbers := await reactions.with_older(old, before):
            gone += await reactions.delete(numbers, before, limit=_DROPPED_AT_ONCE)
        if remembered_at(level) is not Remembered.NOBODY:
            await plans.forget_recipients(uow, old)
            gone += await tallies.forget(uow, old, limit=_DROPPED_AT_ONCE)
    return gone


async def prepare_partitions(uow: UnitOfWork) -> None:
    """Make sure that this month, the next one, and whatever month came late have a partition of their own."""
    this_month = uow.now.date().replace(day=1)
    reactions = ReactionRepository(uow.session)
    late = await reactions.late_months()
    await reactions.prepare_months((this_month, this_month + timedelta(days=32), *late))


async def page_of_reactions(uow: UnitOfWork, wanted: Stretch, *, limit: int) -> Sequence[RawReaction]:
    """Raw reactions, for the details of a report."""
    return await page(uow.session, wanted, limit=limit)
