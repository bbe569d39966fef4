"""Looking at a rehearsal: visible to those who see its delivery."""

from datetime import datetime

from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import service as deliveries
from mailer.envelopes import service as envelopes
from mailer.envelopes.service import faults
from mailer.rehearsal.errors import RehearsalNotFound, SampleNotFound
from mailer.rehearsal.models import RehearsalRow
from mailer.rehearsal.repository import RehearsalRepository
from mailer.rehearsal.rules import rate
from mailer.rehearsal.schemas import AnswersOut, FaultOut, RehearsalOut, SampleOut

_FAULTS_SHOWN = 100


async def get_rehearsal(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> RehearsalOut:
    """What a rehearsal shows. Raises DeliveryNotFound, RehearsalNotFound."""
    delivery = await deliveries.show(uow, delivery_id, by=by)
    rehearsal = await _get(uow, delivery_id)
    seconds = _seconds(delivery.started_at, delivery.finished_at or uow.now)
    # Each was attempted: what waits for its repetition counts too, what was never reached does not.
    reached = sum(rehearsal.answers.values())
    ref = envelopes.Ref(delivery.id, rehearsal.created_at)
    found = await faults.of_delivery(uow, ref, limit=_FAULTS_SHOWN)
    return RehearsalOut(
        delivery_id=delivery.id,
        state=delivery.state,
        total=delivery.total,
        duration_seconds=seconds,
        rate_per_second=rate(reached, seconds),
        fault_count=await faults.count(uow, ref),
        faults=[FaultOut(ordinal=each.ordinal, address=each.address, detail=each.detail) for each in found],
        answers=AnswersOut.model_validate(rehearsal.answers),
        samples=[
            SampleOut(number=number, rcpt_to=row.rcpt_to, subject=row.subject, size=row.size)
            for number, row in enumerate(await RehearsalRepository(uow.session).samples(delivery_id), start=1)
        ],
    )


async def get_sample(uow: UnitOfWork, delivery_id: str, number: int, *, by: Caller) -> bytes:
    """A message exactly as it was received. Raises DeliveryNotFound, RehearsalNotFound, SampleNotFound."""
    await deliveries.show(uow, delivery_id, by=by)
    await _get(uow, delivery_id)
    sample = await RehearsalRepository(uow.session).sample(delivery_id, number)
    if sample is None:
        raise SampleNotFound(f"The rehearsal keeps no message number {number}", number=number)
    return sample.data


async def _get(uow: UnitOfWork, delivery_id: str) -> RehearsalRow:
    rehearsal = await RehearsalRepository(uow.session).get(delivery_id)
    if rehearsal is None:
        raise RehearsalNotFound(
            "The delivery is no rehearsal, or what it saw is no longer kept", delivery_id=delivery_id
        )
    return rehearsal


def _seconds(started_at: datetime | None, until: datetime) -> float | None:
    return None if started_at is None else round((until - started_at).total_seconds(), 3)
