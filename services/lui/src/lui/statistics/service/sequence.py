"""Message sequences: a job, those whose recipients were chosen by how they reacted to it, and so on."""

from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries.service.reported import visible_live_deliveries
from lui.jobs import service as jobs
from lui.jobs.service.reported import followed, visible_jobs
from lui.statistics.rules import in_sequence
from lui.statistics.schemas import SequenceOut, SequenceStepOut
from lui.statistics.service.jobs import shown_job

MOST_JOBS = 200


async def message_sequence(uow: UnitOfWork, job_id: str, *, by: Caller) -> SequenceOut:
    """Everything that leads to a job and follows it, as far as the caller may see. Raises JobNotFound."""
    known = {(await jobs.get_visible_job(uow, job_id, by=by)).id}
    frontier, follows = set(known), dict[str, str]()
    while frontier and len(known) < MOST_JOBS:
        found = await followed(uow, sorted(frontier), by=by)
        follows |= {each.job_id: each.source_job_id for each in found}
        frontier = {job for each in found for job in (each.job_id, each.source_job_id)} - known
        known |= frontier
    seen = await visible_jobs(uow, known, by=by)
    sent = await visible_live_deliveries(uow, seen, by=by)
    steps = in_sequence(sorted(seen), follows)
    items = [
        SequenceStepOut(
            job=shown_job(seen[job]),
            depth=depth,
            via=via,
            source_job_id=source,
            deliveries=len(sent[job]),
            recipients=sum(each.total for each in sent[job]),
            opens=sum(each.opens for each in sent[job]),
            clicks=sum(each.clicks for each in sent[job]),
            delivered_at=max((each.started_at or each.requested_at for each in sent[job]), default=None),
        )
        for job, depth, via, source in steps[:MOST_JOBS]
    ]
    is_cut = len(known) >= MOST_JOBS
    return SequenceOut(items=items, notes=[f"Only {MOST_JOBS} jobs of this sequence are shown."] if is_cut else [])
