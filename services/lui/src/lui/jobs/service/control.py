"""Steering an authorized job, and following what becomes of its delivery."""

from common.contracts.lui import DeliveryKind
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries import service as deliveries
from lui.deliveries.rules import ControlAction
from lui.jobs.errors import ActionNotAllowed
from lui.jobs.models import Occurrence
from lui.jobs.repository import JobRepository
from lui.jobs.rules.stages import stage_after
from lui.jobs.service.hand_over import deliver, fail
from lui.jobs.service.load import LoadedJob, lock_job, record
from lui.jobs.words import Action, Stage

STOPPED = "it was stopped"
_CONTROLS: dict[Action, ControlAction] = {
    Action.PAUSE: "pause",
    Action.RESUME: "resume",
    Action.STOP: "cancel",
    Action.RETRY: "retry",
}


async def trigger(uow: UnitOfWork, job_id: str, *, list_domain: str, by: Caller) -> LoadedJob:
    """Send a job that waits for a trigger. Raises JobNotFound, ActionNotAllowed, AuthorizationVoid."""
    found = await lock_job(uow, job_id, by=by)
    found.require(Action.TRIGGER)
    if found.job.due_at is not None:
        raise ActionNotAllowed("The job waits for its time, not for a trigger", stage=found.job.stage)
    await deliver(uow, found, not_before=uow.now, list_domain=list_domain, by=by.account_id)
    record(uow, "trigger", found.job, by=by.account_id)
    return found


async def control(uow: UnitOfWork, job_id: str, action: Action, *, by: Caller) -> LoadedJob:
    """Pause, resume, stop or retry the newest delivery to the recipients.

    Raises JobNotFound, ActionNotAllowed, and DeliveryOver when the delivery has nothing left for it.
    """
    found = await lock_job(uow, job_id, by=by)
    found.require(action)
    occurrence = found.last_live()
    if occurrence is None:
        raise ActionNotAllowed("Nothing was sent yet: reopen the job", stage=found.job.stage)
    state = (await deliveries.get_delivery(uow, occurrence.delivery_id)).state
    if action is Action.RETRY and state is not DeliveryState.CANCELLED:
        raise ActionNotAllowed(
            f"The delivery {state.value}; reopen the job and authorize it again", stage=found.job.stage
        )
    if action is Action.STOP and deliveries.has_ended(state):
        # A retry found nothing to send again: there is nobody left who would state an end.
        fail(found.job, STOPPED)
    else:
        await deliveries.control_delivery(uow, occurrence.delivery_id, _CONTROLS[action], by=by.account_id)
        occurrence.stop_requested = action is Action.STOP or (occurrence.stop_requested and action is not Action.RETRY)
    if action is Action.RETRY:
        found.job.stage, found.job.stage_reason = Stage.PROCESSING.value, None
    found.touch()
    record(uow, action.value, found.job, by=by.account_id, detail={"delivery_id": occurrence.delivery_id})
    return found


async def close(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """Give a failed job up. Raises JobNotFound, ActionNotAllowed."""
    found = await lock_job(uow, job_id, by=by)
    found.require(Action.CLOSE)
    found.job.stage = Stage.CLOSED.value
    found.touch()
    record(uow, "close", found.job, by=by.account_id)
    return found


async def follow_end(uow: UnitOfWork, fact: DeliveryFinishedV1) -> None:
    """Move the job to where the end of its delivery leaves it; an older or repeated end moves nothing."""
    repository = JobRepository(uow.session)
    occurrence = await repository.occurrence(fact.delivery_id)
    if occurrence is None or occurrence.kind != DeliveryKind.LIVE.value:
        return
    # The job first, as everybody else does: two that lock both must not wait for each other.
    job = await repository.locked(occurrence.job_id)
    if job is None or fact.revision <= occurrence.finished_revision:
        return
    occurrence.finished_revision = fact.revision
    if job.stage != Stage.PROCESSING.value or not await _is_newest(repository, occurrence):
        return
    stage = stage_after(fact.state)
    occurrence.stop_requested = False
    job.stage = stage.value
    job.stage_reason = _reason(fact) if stage is Stage.FAILED else None
    job.revision += 1
    job.updated_at = uow.now


async def _is_newest(repository: JobRepository, occurrence: Occurrence) -> bool:
    live = [each for each in await repository.occurrences(occurrence.job_id) if each.kind == DeliveryKind.LIVE.value]
    return live[-1].delivery_id == occurrence.delivery_id


def _reason(fact: DeliveryFinishedV1) -> str:
    if fact.reason:
        return fact.reason
    return STOPPED if fact.state is DeliveryState.CANCELLED else "the delivery failed"
