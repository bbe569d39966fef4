"""From lines of a spool to stored reactions and counters that moved exactly as far."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from common.contracts.tracker import ReactionsSpooledV1
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from tracker.plans import service as plans
from tracker.reactions.harvest import Fields, Harvester, cut, deliveries_of
from tracker.reactions.ranges import merged, uncovered
from tracker.reactions.reading import RawReaction, Stretch
from tracker.reactions.reading import page_of_reactions as page
from tracker.reactions.repository import ReactionRepository, SpoolRepository
from tracker.tallies import service as tallies

log = get_logger()


async def store_reactions(uow: UnitOfWork, batches: Iterable[ReactionsSpooledV1]) -> int:
    """Store the hits of some batches and count those that are new; returns how many were.

    Raises UnreadableRecord for a line of a version not known here: the batch then waits for a release that knows it.
    """
    lines = await _uncounted(uow, batches)
    if not lines:
        return 0
    known = await plans.plans_by_number(uow, deliveries_of(lines))
    harvest = Harvester(known, {}, uow.now).harvest(lines)
    if harvest.planless:
        # Kept, since it was answered; not counted, since it is not known for whom. Restoring the plan is a repair.
        log.warning("reactions without a plan", count=harvest.planless)
    await ReactionRepository(uow.session).add(harvest.rows)
    await tallies.count(uow, harvest.moved)
    return len(harvest.rows)


async def _uncounted(uow: UnitOfWork, batches: Iterable[ReactionsSpooledV1]) -> Sequence[Fields]:
    """The lines that were never counted; they are from now on, if this transaction commits."""
    segments = cut(batches)
    spools = SpoolRepository(uow.session)
    await spools.lock({spool_id for spool_id, _ in segments})
    before = await spools.counted(segments.keys())
    fresh = {segment: uncovered(lines, before[segment]) for segment, lines in segments.items()}
    after = {segment: merged((*before[segment], *fresh[segment])) for segment in segments}
    await spools.replace(before, after)
    return [segments[segment][place] for segment in sorted(segments) for place in fresh[segment]]


async def prepare_partitions(uow: UnitOfWork) -> None:
    """Make sure that this month, the next one, and whatever month came late have a partition of their own."""
    this_month = uow.now.date().replace(day=1)
    reactions = ReactionRepository(uow.session)
    late = await reactions.late_months()
    await reactions.prepare_months((this_month, this_month + timedelta(days=32), *late))


async def page_of_reactions(uow: UnitOfWork, wanted: Stretch, *, limit: int) -> Sequence[RawReaction]:
    """Raw reactions, for the details of a report."""
    return await page(uow.session, wanted, limit=limit)
