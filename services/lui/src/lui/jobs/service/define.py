"""Filling in the steps of a job."""

from typing import Any

from common.http.etags import PreconditionFailed, etag
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.audience.reacting import ReactionSourceIn
from lui.audience.schemas import RecipientsIn
from lui.clients.mailer import MailerClient
from lui.clients.reactions import Reactions
from lui.content import files as content_files
from lui.content import service as contents
from lui.content.schemas import ContentIn
from lui.jobs.models import JobStep
from lui.jobs.repository import JobRepository
from lui.jobs.service.load import Edit, LoadedJob, loaded, lock_job, record
from lui.jobs.service.reacting import define_by_reaction
from lui.jobs.words import Action, Step
from lui.scheduling.rules import checked_schedule
from lui.scheduling.schemas import ScheduleIn
from lui.senders.rules import checked_sender, merged_texts
from lui.senders.schemas import SenderIn


async def begin_edit(uow: UnitOfWork, edit: Edit, step: Step) -> LoadedJob:
    """The job, locked, to change one of its steps. Raises JobNotFound, PreconditionFailed, JobNotEditable."""
    found = await lock_job(uow, edit.job_id, by=edit.by)
    try:
        edit.precondition.require(found.step_revision(step))
    except PreconditionFailed:
        # The tag of the whole job is as good: it changes with every step.
        if etag(found.job.revision) not in (edit.precondition.tags or ()):
            raise
    found.require(Action.EDIT)
    return found


async def store_step(uow: UnitOfWork, edit: Edit, found: LoadedJob, step: Step, settings: dict[str, Any]) -> LoadedJob:
    """Keep what was chosen for a step; the job is loaded anew."""
    stored = found.steps.get(step)
    if stored is None:
        stored = JobStep(job_id=found.job.id, step=step.value, revision=0)
        JobRepository(uow.session).add(stored)
    stored.settings = settings
    stored.revision += 1
    stored.changed_at, stored.changed_by = uow.now, edit.by.account_id
    found.touch()
    await uow.session.flush()
    record(uow, f"define_{step.value}", found.job, by=edit.by.account_id)
    return await loaded(uow, found.job)


async def define_recipients(uow: UnitOfWork, edit: Edit, asked: RecipientsIn, reactions: Reactions) -> LoadedJob:
    """Freeze the job's audience: every row of an upload, or who reacted to an earlier job as asked.

    Raises UploadNotFound, Forbidden, Invalid pointing at the setting or the line that is wrong, and Unavailable where
    it is not known who reacted.
    """
    found = await begin_edit(uow, edit, Step.RECIPIENTS)
    if isinstance(asked.source, ReactionSourceIn):
        definition, snapshot_id = await define_by_reaction(uow, asked, asked.source, reactions, by=edit.by)
    else:
        definition, snapshot = await audience.define_audience(uow, asked, asked.source, by=edit.by)
        snapshot_id = snapshot.id
    settings = {"definition": definition.model_dump(mode="json"), "snapshot_id": snapshot_id}
    return await store_step(uow, edit, found, Step.RECIPIENTS, settings)


async def write_content(uow: UnitOfWork, edit: Edit, asked: ContentIn, mailer: MailerClient) -> LoadedJob:
    """Check and keep what the message says. Raises Invalid pointing at part and line, and Unavailable."""
    found = await begin_edit(uow, edit, Step.CONTENT)
    recipients = found.prepared.recipients
    columns = recipients.merge_columns() if recipients else None
    files = await content_files.files_of(uow, found.job.id)
    if asked.files is not None:
        files = await content_files.reorder(uow, found.job.id, asked.files)
    content = await contents.write_content(uow, contents.Draft(asked, columns, files), mailer)
    return await store_step(uow, edit, found, Step.CONTENT, {"content_id": content.id})


async def set_sender(uow: UnitOfWork, edit: Edit, asked: SenderIn, mailer: MailerClient) -> LoadedJob:
    """Say who the message is from. Raises Invalid, and Unavailable where merge fields have to be checked."""
    found = await begin_edit(uow, edit, Step.SENDER)
    sender = checked_sender(asked)
    recipients = found.prepared.recipients
    columns = recipients.merge_columns() if recipients else None
    fields = await contents.merge_fields_of(merged_texts(sender), mailer, columns=columns)
    settings = sender.model_dump(mode="json") | ({"merge_fields": fields} if fields else {})
    return await store_step(uow, edit, found, Step.SENDER, settings)


async def set_schedule(uow: UnitOfWork, edit: Edit, asked: ScheduleIn) -> LoadedJob:
    """Say when to send. Raises Invalid for the past, for hours that never come, and for what is not offered."""
    found = await begin_edit(uow, edit, Step.SCHEDULE)
    schedule = checked_schedule(asked, now=uow.now)
    found.job.in_doubt = asked.in_doubt
    return await store_step(uow, edit, found, Step.SCHEDULE, schedule.model_dump(mode="json"))
