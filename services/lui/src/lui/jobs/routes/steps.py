"""The steps of a job over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed
from common.http.problems import problems
from common.http.work import Read, Work
from lui.audience import service as audience
from lui.audience.errors import RecipientNotFound, UploadNotFound
from lui.audience.schemas import CountsOut, RecipientsIn
from lui.clients.dependencies import Mailer, ReactionsOf
from lui.content.files_rules import picture_warnings, shown
from lui.content.schemas import ContentIn, Link, MergeFieldOut, WarningOut
from lui.jobs import service
from lui.jobs.errors import JobNotEditable, JobNotFound, JobNotReady, StepNotDefined
from lui.jobs.routes.shown import answer
from lui.jobs.schemas import (
    ContentOut,
    JobOut,
    PreviewIn,
    PreviewOut,
    RecipientOut,
    RecipientsOut,
    ScheduleOut,
    SenderOut,
)
from lui.jobs.words import Step
from lui.scheduling.schemas import ScheduleIn
from lui.senders.schemas import SenderIn

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["steps"])

_EDIT = [requires("create_jobs")]
_EDITED = problems(JobNotFound, PreconditionFailed, JobNotEditable, Invalid)
_READ = problems(JobNotFound, StepNotDefined)


def _edit(job_id: str, caller: CallerDep, if_match: IfMatch) -> service.Edit:
    return service.Edit(job_id, if_match, caller)


Edit = Annotated[service.Edit, Depends(_edit)]


@router.put("/recipients", dependencies=_EDIT, responses=_EDITED | problems(JobNotFound, UploadNotFound, Unavailable))
async def define_recipients(
    asked: RecipientsIn, work: Work, edit: Edit, reactions: ReactionsOf, response: Response
) -> JobOut:
    """Freeze an upload, or who reacted to an earlier job, as the job's audience; answers when it is complete."""
    return await answer(work, await service.define_recipients(work, edit, asked, reactions), edit.by, response)


@router.get("/recipients", dependencies=_EDIT, responses=_READ)
async def read_recipients(job_id: str, read: Read, caller: CallerDep, response: Response) -> RecipientsOut:
    """How the audience was made, how many were accepted, and the first of them."""
    found = await service.get_step(read, job_id, Step.RECIPIENTS, by=caller)
    response.headers["ETag"] = found.step_tag(Step.RECIPIENTS)
    sample = await service.sample_of(read, found)
    return _recipients(found, sample)


def _recipients(found: service.LoadedJob, sample: Sequence[audience.Recipient]) -> RecipientsOut:
    recipients = found.prepared.recipients
    if recipients is None:
        raise StepNotDefined("The step recipients is not defined yet", step=Step.RECIPIENTS.value)
    snapshot = recipients.snapshot
    return RecipientsOut(
        **recipients.definition.model_dump(),
        columns=snapshot.columns,
        counts=CountsOut(
            accepted=snapshot.accepted_count,
            duplicates=snapshot.duplicate_count,
            rejected=snapshot.rejected_count,
        ),
        sample=[values for _, _, values in sample],
        recipients=[RecipientOut(ordinal=at, address=address, values=values) for at, address, values in sample],
        warnings=snapshot.warnings,
    )


@router.get(
    "/recipients/{set_name}.csv",
    dependencies=[requires("see_recipients")],
    response_class=StreamingResponse,
    responses=_READ | {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def download_recipients(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    job_id: str,
    set_name: Literal["accepted", "duplicates", "rejected"],
    request: Request,
    read: Read,
    caller: CallerDep,
    raw: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> StreamingResponse:
    """One of the three sets as CSV; cells a spreadsheet would run get an apostrophe in front unless `raw`."""
    found = await service.get_step(read, job_id, Step.RECIPIENTS, by=caller)
    rows = audience.export_set(request.app.state.resources.uow, service.snapshot_id_of(found), set_name, raw=raw)
    name = f"{found.job.system_id}-{set_name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


@router.put("/content", dependencies=_EDIT, responses=_EDITED | problems(Unavailable))
async def write_content(asked: ContentIn, work: Work, edit: Edit, mailer: Mailer, response: Response) -> JobOut:
    """Subject and parts, checked with the merge language that will send them."""
    return await answer(work, await service.write_content(work, edit, asked, mailer), edit.by, response)


@router.get("/content", dependencies=[signed_in()], responses=_READ)
async def read_content(job_id: str, read: Read, caller: CallerDep, response: Response) -> ContentOut:
    """What the message says, and what was found in it."""
    found = await service.get_step(read, job_id, Step.CONTENT, by=caller)
    response.headers["ETag"] = found.step_tag(Step.CONTENT)
    content = await service.whole_content(read, found)
    return ContentOut(
        subject=content.subject,
        html=content.html,
        text=content.text,
        text_alternative=content.text_alternative,
        merge_fields=[MergeFieldOut.model_validate(field) for field in content.merge_fields],
        links=[Link.model_validate(link) for link in content.links],
        warnings=[
            *(WarningOut.model_validate(warning) for warning in content.warnings),
            *picture_warnings(content.html, content.files),
        ],
        charset=content.charset,
        files=[shown(file) for file in await service.list_files(read, job_id, by=caller)],
    )


@router.post(
    "/preview", dependencies=_EDIT, responses=problems(JobNotFound, JobNotReady, RecipientNotFound, Unavailable)
)
async def preview(
    job_id: str, read: Read, caller: CallerDep, mailer: Mailer, asked: PreviewIn | None = None
) -> PreviewOut:
    """The message as one recipient would get it."""
    ordinal = (asked or PreviewIn()).recipient
    return PreviewOut.model_validate((await service.preview(read, job_id, ordinal, mailer, by=caller)).model_dump())


@router.put("/sender", dependencies=_EDIT, responses=_EDITED | problems(Unavailable))
async def set_sender(asked: SenderIn, work: Work, edit: Edit, mailer: Mailer, response: Response) -> JobOut:
    """Who the message is from, and where replies and bounces go."""
    return await answer(work, await service.set_sender(work, edit, asked, mailer), edit.by, response)


@router.get("/sender", dependencies=[signed_in()], responses=_READ)
async def read_sender(job_id: str, read: Read, caller: CallerDep, response: Response) -> SenderOut:
    """Who the message is from."""
    found = await service.get_step(read, job_id, Step.SENDER, by=caller)
    response.headers["ETag"] = found.step_tag(Step.SENDER)
    return SenderOut.model_validate(found.prepared.sender, from_attributes=True)


@router.put("/schedule", dependencies=_EDIT, responses=_EDITED)
async def set_schedule(asked: ScheduleIn, work: Work, edit: Edit, response: Response) -> JobOut:
    """At once when authorized, at a local time, or when triggered."""
    return await answer(work, await service.set_schedule(work, edit, asked), edit.by, response)


@router.get("/schedule", dependencies=[signed_in()], responses=_READ)
async def read_schedule(job_id: str, read: Read, caller: CallerDep, response: Response) -> ScheduleOut:
    """When it is sent."""
    found = await service.get_step(read, job_id, Step.SCHEDULE, by=caller)
    response.headers["ETag"] = found.step_tag(Step.SCHEDULE)
    return service.shown_schedule(found)
