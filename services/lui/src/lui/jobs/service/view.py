"""A job as the people who may see it look at it, and what its steps hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from common.contracts.lui import DeliveryKind
from common.contracts.mailer import DeliveryState
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.access import service as access
from lui.audience import service as audience
from lui.clients.mailer import MailerClient, MessagePreview
from lui.content import files as content_files
from lui.content import service as contents
from lui.content.files_rules import used_pictures, with_pictures
from lui.deliveries import service as deliveries
from lui.jobs.errors import StepNotDefined
from lui.jobs.models import Job
from lui.jobs.rules.stages import allowed_actions
from lui.jobs.rules.steps import NEEDED_FOR_PREVIEW
from lui.jobs.schemas import ScheduleOut
from lui.jobs.service.load import LoadedJob, load_job
from lui.jobs.service.prepared import Written
from lui.jobs.service.testing import require_ready
from lui.jobs.words import Action, Step, StepState
from lui.scheduling.schemas import ScheduleMode

SAMPLE_ROWS = 10
_NEEDS_CREATE_JOBS = frozenset({Action.EDIT, Action.TEST, Action.REHEARSE, Action.COPY, Action.DELETE})


class Sent(Protocol):
    """What is read of a delivery."""

    id: str
    kind: DeliveryKind
    state: DeliveryState
    total: int
    requested_at: datetime


class ListedJob(Protocol):
    """What is read of a job in a list."""

    id: str
    system_id: str
    title: str
    prefix: str | None
    stage: str
    stage_reason: str | None
    owner_id: str
    group_id: str | None
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class JobView:
    """A job with what other domains know of it."""

    found: LoadedJob
    deliveries: Sequence[Sent]
    verdicts: dict[str, str | None]
    capped_from: dict[str, str]
    """Deliveries that had to track at a lower level than the job asked for, with that level."""
    owner_name: str
    actions: Collection[Action]
    stopping: bool


async def view_job(uow: UnitOfWork, found: LoadedJob, *, by: Caller) -> JobView:
    """The job as `by` sees it."""
    job = found.job
    names = await access.names_of(uow, [job.owner_id])
    live = found.last_live()
    sent = await deliveries.deliveries_of(uow, job.id)
    schedule = found.prepared.schedule
    actions = allowed_actions(
        found.stage,
        waits_for_trigger=schedule is not None and schedule.mode is ScheduleMode.TRIGGER,
        delivery=next((each.state for each in sent if live is not None and each.id == live.delivery_id), None),
        ready=found.standings[Step.AUTHORIZE].state is StepState.AVAILABLE,
    )
    return JobView(
        found=found,
        deliveries=sent,
        verdicts={test.delivery_id: test.verdict for test in found.tests()},
        capped_from={each.delivery_id: each.capped_from for each in found.occurrences if each.capped_from},
        owner_name=names.get(job.owner_id, job.owner_name),
        actions=[action for action in Action if action in actions and by.may(_right(action))],
        stopping=live is not None and live.stop_requested,
    )


def _right(action: Action) -> str:
    return "create_jobs" if action in _NEEDS_CREATE_JOBS else "authorize_jobs"


async def owner_names(uow: UnitOfWork, jobs: Sequence[Job]) -> dict[str, str]:
    """The present names of the jobs' owners, by account id."""
    known = await access.names_of(uow, {job.owner_id for job in jobs})
    return {job.owner_id: job.owner_name for job in jobs} | known


async def get_step(uow: UnitOfWork, job_id: str, step: Step, *, by: Caller) -> LoadedJob:
    """The job, of which `step` is defined. Raises JobNotFound, StepNotDefined."""
    found = await load_job(uow, job_id, by=by)
    if step not in found.steps:
        raise StepNotDefined(f"The step {step.value} is not defined yet", step=step.value)
    return found


async def sample_of(uow: UnitOfWork, found: LoadedJob) -> Sequence[audience.Recipient]:
    """The first recipients of the job's audience."""
    if found.prepared.recipients is None:
        return []
    return await audience.recipients_page(uow, found.prepared.recipients.snapshot.id, 0, SAMPLE_ROWS)


async def whole_content(uow: UnitOfWork, found: LoadedJob) -> Written:
    """The job's content with its parts. Raises ContentMissing."""
    if found.prepared.content is None:
        raise StepNotDefined("The step content is not defined yet", step=Step.CONTENT.value)
    return await contents.get_whole_content(uow, found.prepared.content.id)


async def preview(uow: UnitOfWork, job_id: str, ordinal: int, mailer: MailerClient, *, by: Caller) -> MessagePreview:
    """The message as the recipient of that ordinal would get it: mailer merges it as it will when it sends.

    Raises JobNotFound, JobNotReady, RecipientNotFound, Invalid where it cannot be merged, and Unavailable.
    """
    found = await load_job(uow, job_id, by=by)
    require_ready(found, NEEDED_FOR_PREVIEW)
    recipients = found.prepared.recipients
    if recipients is None:
        raise AssertionError("recipients are needed for a preview")
    recipient = await audience.recipient(uow, recipients.snapshot.id, ordinal)
    content = await whole_content(uow, found)
    document = found.prepared.preview_document(content, at=uow.now, list_id=found.job.id)
    shown = await mailer.preview(document, recipient)
    return shown.model_copy(update={"html": await _with_pictures(uow, shown.html, content.files)})


async def _with_pictures(uow: UnitOfWork, html: str | None, files: Sequence[Mapping[str, Any]]) -> str | None:
    """The HTML part with its pictures in it: a preview is shown where nothing can be fetched."""
    if html is None:
        return None
    pictures = {
        file["content_id"]: (file["content_type"], await content_files.octets_of(uow, file["sha256"]))
        for file in used_pictures(html, files)
    }
    return with_pictures(html, pictures)


def shown_schedule(found: LoadedJob) -> ScheduleOut:
    """The schedule step with what belongs to the job itself. Raises StepNotDefined."""
    if found.prepared.schedule is None:
        raise StepNotDefined("The step schedule is not defined yet", step=Step.SCHEDULE.value)
    return ScheduleOut(**found.prepared.schedule.model_dump(), in_doubt=found.job.in_doubt)


def snapshot_id_of(found: LoadedJob) -> str:
    """The job's audience. Raises StepNotDefined."""
    if found.prepared.recipients is None:
        raise StepNotDefined("The step recipients is not defined yet", step=Step.RECIPIENTS.value)
    return found.prepared.recipients.snapshot.id
