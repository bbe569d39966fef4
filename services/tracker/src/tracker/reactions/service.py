"""From lines of a spool to stored reactions and counters that moved exactly as far."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from common.contracts.tracker import ReactionsSpooledV1
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from tracker.intake.spool.record import Hit, HitKind, decode
from tracker.plans import service as plans
from tracker.plans.plan import Plan
from tracker.reactions import reading
from tracker.reactions.reading import RawReaction, Stretch
from tracker.reactions.repository import Identity, Reaction, ReactionRepository
from tracker.reactions.rules import MACHINES, RULES_VERSION, judge
from tracker.tallies import service as tallies
from tracker.tallies.rules import Counted, ReactionKind

log = get_logger()
_KINDS = {HitKind.OPEN: ReactionKind.OPEN, HitKind.CLICK: ReactionKind.CLICK}


async def store_reactions(uow: UnitOfWork, batches: Iterable[ReactionsSpooledV1]) -> int:
    """Store the hits of some batches and count those that are new; returns how many were.

    Raises UnreadableRecord for a line of a version not known here: the batch then waits for a release that knows it.
    """
    hits = {identity: hit for batch in batches for identity, hit in _hits(batch)}
    known = await plans.plans_by_number(uow, {hit.delivery_number for hit in hits.values()})
    reactions = [_reaction(identity, hit, known.get(hit.delivery_number)) for identity, hit in sorted_by_place(hits)]
    stored = await ReactionRepository(uow.session).add(reactions)
    new = [reaction for reaction in reactions if reaction.identity in stored]
    planned = [(reaction, known.get(reaction.delivery_number)) for reaction in new]
    counted = [_counted(reaction, plan) for reaction, plan in planned if plan is not None]
    if len(counted) < len(new):
        # Kept, since it was answered; not counted, since it is not known for whom. Restoring the plan is a repair.
        log.warning("reactions without a plan", count=len(new) - len(counted))
    await tallies.count(uow, counted)
    return len(new)


async def prepare_partitions(uow: UnitOfWork) -> None:
    """Make sure that this month's and next month's reactions have a partition."""
    this_month = uow.now.date().replace(day=1)
    await ReactionRepository(uow.session).prepare_months((this_month, this_month + timedelta(days=32)))


def sorted_by_place(hits: Mapping[Identity, Hit]) -> Sequence[tuple[Identity, Hit]]:
    """In one order everywhere, so that two workers with overlapping batches never wait for each other in a ring."""
    return sorted(hits.items(), key=lambda item: item[0])


def _hits(batch: ReactionsSpooledV1) -> Iterator[tuple[Identity, Hit]]:
    for line in batch.lines:
        offset, _, record = line.partition("\t")
        yield (batch.spool_id, batch.segment, int(offset)), decode(record)


def _reaction(identity: Identity, hit: Hit, plan: Plan | None) -> Reaction:
    spool_id, segment, offset = identity
    return Reaction(
        spool_id=spool_id,
        segment=segment,
        record_offset=offset,
        at=datetime.fromtimestamp(hit.at_ms / 1000, UTC),
        delivery_number=hit.delivery_number,
        kind=_KINDS[hit.kind],
        subject=hit.subject,
        link_number=hit.link_number,
        part=_part(hit, plan),
        method=hit.method,
        agent=hit.agent,
        network=hit.network,
        judgement=judge(hit.method, hit.agent),
        rules_version=RULES_VERSION,
    )


def _part(hit: Hit, plan: Plan | None) -> str:
    if hit.kind is HitKind.OPEN:
        return "html"  # only HTML can hold the pixel
    return plan.parts.get(hit.link_number, "") if plan else ""


def _counted(reaction: Reaction, plan: Plan) -> Counted:
    return Counted(
        delivery_number=reaction.delivery_number,
        level=plan.level,
        kind=ReactionKind(reaction.kind),
        subject=reaction.subject,
        link_number=reaction.link_number,
        part=reaction.part,
        at=reaction.at,
        judgement=reaction.judgement,
        is_machine=reaction.judgement in MACHINES,
    )


async def page_of_reactions(uow: UnitOfWork, wanted: Stretch, *, limit: int) -> Sequence[RawReaction]:
    """Raw reactions in order of their places."""
    return await reading.page_of_reactions(uow.session, wanted, limit=limit)
