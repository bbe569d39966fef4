"""Jobs over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from lui.jobs import service
from lui.jobs.errors import ActionNotAllowed, JobNotFound
from lui.jobs.routes.shown import answer, shown_summary
from lui.jobs.schemas import NO_CONTROLS, CopyIn, JobIn, JobOut, JobPatch, JobSummaryOut
from lui.jobs.words import Stage

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"])


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=[requires("create_jobs")])
async def create_job(asked: JobIn, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """A new, empty job."""
    found = await service.create_job(work, asked, by=caller)
    response.headers["Location"] = f"/api/v1/jobs/{found.job.id}"
    return await answer(work, found, caller, response)


@router.get("", dependencies=[signed_in()])
async def list_jobs(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    read: Read,
    caller: CallerDep,
    page: Paging,
    stage: Stage | None = None,
    title: Annotated[str | None, Query(max_length=200, pattern=NO_CONTROLS)] = None,
    sent: bool | None = None,  # noqa: FBT001 - a query parameter
) -> Page[JobSummaryOut]:
    """The caller's jobs and those of the caller's group, newest first; `title` is a part of it.

    `sent` leaves those that were delivered to their recipients, or those that were not.
    """
    position = page.position()
    after = str(position[0]) if position else None
    wanted = service.JobFilter(stage, title, sent)
    jobs = await service.list_jobs(read, wanted, after=after, limit=page.limit + 1, by=caller)
    items, following = page_of(jobs, page, lambda job: (job.id,))
    names = await service.owner_names(read, items)
    return Page[JobSummaryOut](items=[shown_summary(job, names[job.owner_id]) for job in items], next=following)


@router.get("/{job_id}", dependencies=[signed_in()], responses=problems(JobNotFound))
async def read_job(job_id: str, read: Read, caller: CallerDep, response: Response) -> JobOut:
    """A job with its workflow."""
    return await answer(read, await service.get_job(read, job_id, by=caller), caller, response)


@router.patch("/{job_id}", dependencies=[requires("create_jobs")], responses=problems(JobNotFound, PreconditionFailed))
async def change_job(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    job_id: str, asked: JobPatch, work: Work, caller: CallerDep, if_match: IfMatch, response: Response
) -> JobOut:
    """Another title or prefix."""
    found = await service.change_job(work, service.Edit(job_id, if_match, caller), asked)
    return await answer(work, found, caller, response)


@router.delete(
    "/{job_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[requires("create_jobs")],
    responses=problems(JobNotFound, PreconditionFailed, ActionNotAllowed),
)
async def delete_job(job_id: str, work: Work, caller: CallerDep, if_match: IfMatch) -> None:
    """Forget a job for good; what it delivered stays on record."""
    await service.delete_job(work, service.Edit(job_id, if_match, caller))


@router.post(
    "/{job_id}/copy",
    status_code=status.HTTP_201_CREATED,
    dependencies=[requires("create_jobs")],
    responses=problems(JobNotFound),
)
async def copy_job(
    job_id: str, work: Work, caller: CallerDep, response: Response, asked: CopyIn | None = None
) -> JobOut:
    """A new open job with the same steps, neither tested nor authorized."""
    found = await service.copy_job(work, job_id, asked.title if asked else None, by=caller)
    response.headers["Location"] = f"/api/v1/jobs/{found.job.id}"
    return await answer(work, found, caller, response)
