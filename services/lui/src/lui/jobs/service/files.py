"""The files of a job: adding, taking away, and freezing them into its content."""

from collections.abc import Sequence

from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.content import files as content_files
from lui.content.files import NewFile
from lui.content.files_rules import Kept
from lui.jobs.service.define import begin_edit, store_step
from lui.jobs.service.load import Edit, LoadedJob, load_job, record
from lui.jobs.words import Step


async def add_file(uow: UnitOfWork, edit: Edit, new: NewFile) -> Kept:
    """Give a job a file. Raises JobNotFound, PreconditionFailed, JobNotEditable, FileTooLarge, Invalid."""
    found = await begin_edit(uow, edit, Step.CONTENT)
    file = await content_files.add_file(uow, found.job.id, new)
    await _freeze(uow, edit, found)
    return file


async def remove_file(uow: UnitOfWork, edit: Edit, file_id: str) -> None:
    """Take a file from a job. Raises as `add_file`, and FileNotFound."""
    found = await begin_edit(uow, edit, Step.CONTENT)
    await content_files.remove_file(uow, found.job.id, file_id)
    await _freeze(uow, edit, found)


async def _freeze(uow: UnitOfWork, edit: Edit, found: LoadedJob) -> None:
    step = found.steps.get(Step.CONTENT)
    if step is None:
        found.touch()
        await uow.session.flush()
        record(uow, "change_files", found.job, by=edit.by.account_id)
        return
    files = await content_files.files_of(uow, found.job.id)
    content = await content_files.refreeze(uow, step.settings["content_id"], files)
    await store_step(uow, edit, found, Step.CONTENT, {"content_id": content.id})


async def list_files(uow: UnitOfWork, job_id: str, *, by: Caller) -> Sequence[Kept]:
    """The job's files in their order. Raises JobNotFound."""
    found = await load_job(uow, job_id, by=by)
    return await content_files.files_of(uow, found.job.id)


async def read_file(uow: UnitOfWork, job_id: str, file_id: str, *, by: Caller) -> tuple[Kept, bytes]:
    """A file with its octets. Raises JobNotFound, FileNotFound."""
    found = await load_job(uow, job_id, by=by)
    file = await content_files.get_file(uow, found.job.id, file_id)
    return file, await content_files.octets_of(uow, file.sha256)
