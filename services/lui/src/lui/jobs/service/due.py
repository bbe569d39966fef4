"""What happens to jobs as time passes."""

from common.contracts.problem import Problem
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.content import files as content_files
from lui.content import service as contents
from lui.jobs.repository import JobRepository
from lui.jobs.service.hand_over import SERVICE, deliver, fail
from lui.jobs.service.load import loaded, record

DUE_AT_ONCE = 10
TIDIED_AT_ONCE = 200


async def send_due(uow: UnitOfWork, *, list_domain: str) -> int:
    """Send waiting jobs whose time has come, each once; returns how many were taken up.

    A job that may not be sent any more fails with the reason; the others are not held up by it.
    """
    jobs = await JobRepository(uow.session).due(uow.now, limit=DUE_AT_ONCE)
    for job in jobs:
        not_before = job.due_at or uow.now
        try:
            async with uow.session.begin_nested():
                found = await loaded(uow, job)
                await deliver(uow, found, not_before=not_before, list_domain=list_domain, by=SERVICE)
        except Problem as problem:
            await uow.session.refresh(job)
            fail(job, problem.detail)
            job.revision += 1
            job.updated_at = uow.now
            record(uow, "refuse", job, by=SERVICE, detail={"problem": problem.slug})
        else:
            record(uow, "start", job, by=SERVICE)
    return len(jobs)


async def tidy_uploads(uow: UnitOfWork, after: str | None) -> str | None:
    """Forget some day-old uploads no job refers to; returns where to go on, None at the end."""
    ids = await audience.old_uploads(uow, after=after, limit=TIDIED_AT_ONCE)
    unused = set(ids) - await JobRepository(uow.session).used("upload", ids)
    if unused:
        await audience.forget_uploads(uow, unused)
    return ids[-1] if len(ids) == TIDIED_AT_ONCE else None


async def tidy_snapshots(uow: UnitOfWork, after: str | None) -> str | None:
    """Forget some day-old snapshots no job and no delivery refers to; returns where to go on, None at the end."""
    ids = await audience.old_snapshots(uow, after=after, limit=TIDIED_AT_ONCE)
    unused = set(ids) - await JobRepository(uow.session).used("snapshot", ids)
    if unused:
        await audience.forget_snapshots(uow, unused)
    return ids[-1] if len(ids) == TIDIED_AT_ONCE else None


async def tidy_contents(uow: UnitOfWork, after: str | None) -> str | None:
    """Forget some day-old contents no job refers to; returns where to go on, None at the end."""
    ids = await contents.old_contents(uow, after=after, limit=TIDIED_AT_ONCE)
    unused = set(ids) - await JobRepository(uow.session).used("content", ids)
    if unused:
        await contents.forget_contents(uow, unused)
    return ids[-1] if len(ids) == TIDIED_AT_ONCE else None


async def tidy_files(uow: UnitOfWork, after: str | None) -> str | None:
    """Forget some octets of files nothing refers to any more; returns whether there may be more, None at the end."""
    del after
    forgotten = await content_files.forget_unused_files(uow, limit=TIDIED_AT_ONCE)
    return "more" if forgotten == TIDIED_AT_ONCE else None
