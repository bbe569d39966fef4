"""Making, finding, renaming, copying and deleting jobs."""

from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.content import files as content_files
from lui.jobs.models import Job, JobStep
from lui.jobs.repository import JobFilter, JobRepository
from lui.jobs.rules.system_id import system_id
from lui.jobs.schemas import JobIn, JobPatch
from lui.jobs.service.load import Edit, LoadedJob, load_job, loaded, lock_current, record, viewer
from lui.jobs.words import Action, Stage


async def create_job(uow: UnitOfWork, asked: JobIn, *, by: Caller) -> LoadedJob:
    """An empty job of the caller's."""
    job = await _new_job(uow, asked.title, asked.prefix, by)
    record(uow, "create", job, by=by.account_id)
    return await loaded(uow, job)


async def _new_job(uow: UnitOfWork, title: str, prefix: str | None, by: Caller) -> Job:
    repository = JobRepository(uow.session)
    today = uow.now.date()
    job = Job(
        id=new_id(),
        system_id=system_id(today, await repository.next_number(today)),
        owner_id=by.account_id,
        owner_name=by.account_name,
        group_id=by.group_id,
        title=title,
        prefix=prefix,
        stage=Stage.OPEN.value,
        revision=1,
        created_at=uow.now,
        updated_at=uow.now,
    )
    repository.add(job)
    await uow.session.flush()
    return job


async def list_jobs(uow: UnitOfWork, wanted: JobFilter, *, after: str | None, limit: int, by: Caller) -> list[Job]:
    """Jobs the caller may see, newest first, following `after`."""
    start = after if after is None or is_id(after) else None
    return await JobRepository(uow.session).page(viewer(by), wanted, after=start, limit=limit)


async def get_job(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """Raises JobNotFound."""
    return await load_job(uow, job_id, by=by)


async def change_job(uow: UnitOfWork, edit: Edit, asked: JobPatch) -> LoadedJob:
    """Rename a job, at any stage. Raises JobNotFound, PreconditionFailed."""
    found = await lock_current(uow, edit)
    if asked.title is not None:
        found.job.title = asked.title
    if "prefix" in asked.model_fields_set:
        found.job.prefix = asked.prefix
    found.touch()
    record(uow, "change", found.job, by=edit.by.account_id)
    return found


async def delete_job(uow: UnitOfWork, edit: Edit) -> None:
    """Forget a job; its deliveries stay. Raises JobNotFound, PreconditionFailed, ActionNotAllowed."""
    found = await lock_current(uow, edit)
    found.require(Action.DELETE)
    record(uow, "delete", found.job, by=edit.by.account_id)
    await JobRepository(uow.session).remove(found.job, at=uow.now)


async def copy_job(uow: UnitOfWork, job_id: str, title: str | None, *, by: Caller) -> LoadedJob:
    """A new open job of the caller's with the same steps; it was neither tested nor authorized. Raises JobNotFound."""
    source = await load_job(uow, job_id, by=by)
    job = await _new_job(uow, title or source.job.title, source.job.prefix, by)
    job.in_doubt = source.job.in_doubt
    repository = JobRepository(uow.session)
    for step in source.steps.values():
        repository.add(
            JobStep(
                job_id=job.id,
                step=step.step,
                # Snapshots and contents are immutable, so that both jobs can refer to the same ones.
                settings=step.settings,
                revision=1,
                changed_at=uow.now,
                changed_by=by.account_id,
            )
        )
    await uow.session.flush()
    await content_files.copy_files(uow, source.job.id, job.id)
    record(uow, "copy", job, by=by.account_id, detail={"source_id": source.job.id})
    return await loaded(uow, job)
