"""What can be asked of jobs, and ready questions for one of them."""

from collections.abc import Sequence

from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.action_tags import service as action_tags
from lui.jobs import service as jobs
from lui.reports.rules import possible
from lui.reports.rules.quick import quick_reports
from lui.reports.schemas.library import QuickReportsOut
from lui.reports.schemas.query import PossibilitiesOut, PossibilitiesWanted, TagChoiceOut
from lui.reports.service.facts import read_jobs


async def possibilities(uow: UnitOfWork, wanted: PossibilitiesWanted, *, by: Caller) -> PossibilitiesOut:
    """What can be asked of these jobs, so that nothing impossible is offered."""
    found = list((await read_jobs(uow, wanted.job_ids, by=by)).values())
    sent = [job.sent for job in found]
    groups = possible.groups_of(sent)
    tags = await action_tags.list_tags(uow, by=by) if any(each.has_actions for job in sent for each in job.sent) else []
    shapes: Sequence[tuple[str, ...]] = [tuple(group.columns) for group in groups]
    return PossibilitiesOut(
        types=possible.possible_types(sent),
        counts=possible.possible_counts(sent),
        events=possible.possible_events(sent),
        links=possible.link_choices(sent, wanted.search),
        tags=[TagChoiceOut(id=tag.id, name=tag.name) for tag in tags if tag.archived_at is None],
        columns=list(shapes[0]) if len(set(shapes)) == 1 else [],
        groups=groups,
        jobs=[job.shown() for job in found],
    )


async def quick(uow: UnitOfWork, job_id: str, *, by: Caller) -> QuickReportsOut:
    """Ready questions about a job, those it can answer. Raises JobNotFound."""
    job = await jobs.get_visible_job(uow, job_id, by=by)
    found = (await read_jobs(uow, [job.id], by=by))[job.id]
    return QuickReportsOut(items=quick_reports(found.sent))
