"""Asking for a delivery of what a job has prepared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from common.contracts.lui import DeliveryKind, RehearsalV1
from common.messaging.unit_of_work import UnitOfWork
from lui.content import files as content_files
from lui.content import service as contents
from lui.deliveries import service as deliveries
from lui.deliveries.schemas import DeliveryOrder
from lui.jobs.errors import AuthorizationVoid
from lui.jobs.models import Job, Occurrence
from lui.jobs.repository import JobRepository
from lui.jobs.rules.tracking import capped
from lui.jobs.service.load import LoadedJob, record
from lui.jobs.service.prepared import Written
from lui.jobs.tracking import Tracking
from lui.jobs.words import Stage

SERVICE = "service:lui"
TEST_MARK = "[Test] "


class Addressed(Protocol):
    """Whom a delivery goes to: a snapshot, or the first ones of it."""

    id: str
    accepted_count: int
    digest: str


@dataclass(frozen=True)
class Occasion:
    """Why, to whom and when a delivery is asked for."""

    kind: DeliveryKind
    key: str
    """The same for everything that would make the same delivery once more."""
    snapshot: Addressed
    not_before: datetime
    list_domain: str
    """The right part of the `List-Id` (RFC 2919)."""
    by: str
    rehearsal: RehearsalV1 | None = None
    """With kind `rehearsal`: what its receiver answers."""


async def hand_over(uow: UnitOfWork, found: LoadedJob, occasion: Occasion) -> str:
    """Freeze what is prepared as a delivery and ask for it; returns its id. Raises AuthorizationVoid."""
    job = found.job
    content = await untouched_content(uow, found)
    await content_files.note_handed_over(uow, [file["sha256"] for file in content.files])
    choice = allowed_tracking(found)
    message = found.prepared.message(
        content,
        choice,
        list_id=f"{job.group_id or job.owner_id}.{occasion.list_domain}",
        subject_mark=TEST_MARK if occasion.kind is DeliveryKind.TEST else "",
    )
    order = DeliveryOrder(
        job_id=job.id,
        owner_id=job.owner_id,
        group_id=job.group_id,
        kind=occasion.kind,
        snapshot_id=occasion.snapshot.id,
        recipient_count=occasion.snapshot.accepted_count,
        recipients_digest=occasion.snapshot.digest,
        document=message.document,
        tracking=message.plan,
        not_before=occasion.not_before,
        in_doubt=job.in_doubt if occasion.kind is DeliveryKind.LIVE else "resend",
        rehearsal=occasion.rehearsal,
    )
    delivery = await deliveries.request_delivery(uow, order, by=occasion.by)
    occurrence = _occurrence(found, occasion, delivery.id)
    asked = found.prepared.tracking
    if asked is not None and asked.level is not choice.level:
        occurrence.capped_from = asked.level.value
        said = {"asked": asked.level.value, "allowed": choice.level.value, "delivery_id": delivery.id}
        record(uow, "cap_tracking", job, by=occasion.by, detail=said)
    JobRepository(uow.session).add(occurrence)
    await uow.session.flush()
    return delivery.id


def allowed_tracking(found: LoadedJob) -> Tracking:
    """The tracking chosen, cut down to what the settings allow by now: they may have changed since."""
    if found.prepared.tracking is None:
        raise AssertionError("a message is made of a job that was found ready")
    return capped(found.prepared.tracking, found.cap)


def _occurrence(found: LoadedJob, occasion: Occasion, delivery_id: str) -> Occurrence:
    return Occurrence(
        delivery_id=delivery_id,
        job_id=found.job.id,
        kind=occasion.kind.value,
        occurrence_key=occasion.key,
        snapshot_id=occasion.snapshot.id,
        fingerprint=found.prepared.fingerprint() or "",
        finished_revision=0,
        stop_requested=False,
        created_at=found.uow.now,
    )


async def untouched_content(uow: UnitOfWork, found: LoadedJob) -> Written:
    """The content with its parts. Raises AuthorizationVoid when it is not what its digest says."""
    if found.prepared.content is None:
        raise AssertionError("a message is made of a job that was found ready")
    content = await contents.get_whole_content(uow, found.prepared.content.id)
    if content.present_digest() != content.digest:
        raise AuthorizationVoid("The content was changed after it was checked", job_id=found.job.id)
    return content


async def deliver(uow: UnitOfWork, found: LoadedJob, *, not_before: datetime, list_domain: str, by: str) -> None:
    """Send an authorized job to its recipients: it is processing from here on.

    Raises AuthorizationVoid when what would be sent is not what was authorized.
    """
    authorization, recipients = found.authorization, found.prepared.recipients
    if (
        authorization is None
        or recipients is None
        or found.prepared.binding(found.job.in_doubt) != authorization.digest
    ):
        raise AuthorizationVoid(
            "What would be sent is not what was authorized: revoke and authorize again", job_id=found.job.id
        )
    occasion = Occasion(
        kind=DeliveryKind.LIVE,
        key=f"live:{authorization.id}:1",
        snapshot=recipients.snapshot,
        not_before=not_before,
        list_domain=list_domain,
        by=by,
    )
    delivery_id = await hand_over(uow, found, occasion)
    found.occurrences = [*found.occurrences, await _stored(uow, delivery_id)]
    found.job.stage = Stage.PROCESSING.value
    found.job.due_at = None
    found.touch()


async def _stored(uow: UnitOfWork, delivery_id: str) -> Occurrence:
    occurrence = await JobRepository(uow.session).occurrence(delivery_id)
    if occurrence is None:
        raise AssertionError("it was written in this transaction")
    return occurrence


def fail(job: Job, reason: str) -> None:
    """The job failed without a delivery."""
    job.stage, job.stage_reason, job.due_at = Stage.FAILED.value, reason, None
