"""Reading deliveries: for the people who may see them, for mailer, and for reports."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.contracts.lui import DeliveryKind
from common.contracts.mailer import BounceClass
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.audience import service as audience
from lui.deliveries import rules
from lui.deliveries.errors import DeliveryNotFound
from lui.deliveries.models import Delivery
from lui.deliveries.repository import BounceRepository, DeliveryRepository


@dataclass(frozen=True)
class BounceSums:
    """How many envelopes came back, and why."""

    permanent: int
    temporary: int
    by_class: dict[BounceClass, int]
    groups: tuple[tuple[BounceClass, bool, int], ...]
    """By class and permanence, the most frequent first."""
    complaints: int


async def get_delivery(uow: UnitOfWork, delivery_id: str) -> Delivery:
    """Raises DeliveryNotFound."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id) if is_id(delivery_id) else None
    if delivery is None:
        raise DeliveryNotFound("There is no such delivery", delivery_id=delivery_id)
    return delivery


async def get_visible_delivery(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> Delivery:
    """Raises DeliveryNotFound also when it is neither the caller's nor the caller's group's."""
    delivery = await get_delivery(uow, delivery_id)
    if not rules.may_see(by, owner_id=delivery.owner_id, group_id=delivery.group_id):
        raise DeliveryNotFound("There is no such delivery", delivery_id=delivery_id)
    return delivery


async def delivery_by_number(uow: UnitOfWork, number: int) -> Delivery:
    """The delivery that a token's number stands for, with its document. Raises DeliveryNotFound."""
    delivery = await DeliveryRepository(uow.session).by_number(number)
    if delivery is None:
        raise DeliveryNotFound("There is no such delivery")
    return delivery


async def deliveries_of(uow: UnitOfWork, job_id: str) -> Sequence[Delivery]:
    """A job's deliveries, newest last."""
    return await DeliveryRepository(uow.session).of_job(job_id, tuple(DeliveryKind))


async def deliveries_of_jobs(uow: UnitOfWork, job_ids: Collection[str]) -> dict[str, list[Delivery]]:
    """The deliveries of several jobs in one query, newest last; a job without any has an empty list."""
    found: dict[str, list[Delivery]] = {job_id: [] for job_id in job_ids}
    for delivery in await DeliveryRepository(uow.session).of_jobs(job_ids):
        found[delivery.job_id].append(delivery)
    return found


async def live_deliveries_of(uow: UnitOfWork, job_id: str) -> Sequence[Delivery]:
    """The deliveries that count in reports, newest last."""
    return await DeliveryRepository(uow.session).of_job(job_id, (DeliveryKind.LIVE,))


async def used_snapshots(uow: UnitOfWork, snapshot_ids: Collection[str]) -> frozenset[str]:
    """Those of the snapshots that a delivery still needs."""
    return await DeliveryRepository(uow.session).used_snapshots(snapshot_ids)


async def get_content(uow: UnitOfWork, delivery_id: str) -> bytes:
    """The content document as it was frozen: JSON, whose digest mailer compares. Raises DeliveryNotFound."""
    document = await DeliveryRepository(uow.session).document(delivery_id) if is_id(delivery_id) else None
    if document is None:
        raise DeliveryNotFound("There is no such delivery", delivery_id=delivery_id)
    return document


async def get_recipients(
    uow: UnitOfWork, delivery_id: str, *, after: int, limit: int
) -> tuple[Sequence[tuple[int, str, Sequence[str]]], int | None]:
    """Recipients after an ordinal, and the ordinal to go on after, None at the end. Raises DeliveryNotFound."""
    delivery = await get_delivery(uow, delivery_id)
    # A rehearsal may go to the first ones of a snapshot only.
    wanted = min(limit, delivery.recipient_count - after)
    page = await audience.recipients_page(uow, delivery.snapshot_id, after, wanted) if wanted > 0 else []
    last = page[-1][0] if page else delivery.recipient_count
    return page, last if last < delivery.recipient_count else None


async def bounce_sums(uow: UnitOfWork, delivery_ids: Collection[str]) -> BounceSums:
    """Bounces of the deliveries together."""
    by_class: dict[BounceClass, int] = {}
    sums = {True: 0, False: 0}
    repository = BounceRepository(uow.session)
    counted = await repository.counted(delivery_ids)
    for bounce_class, permanent, count in counted:
        by_class[bounce_class] = by_class.get(bounce_class, 0) + count
        sums[permanent] += count
    return BounceSums(
        permanent=sums[True],
        temporary=sums[False],
        by_class=by_class,
        groups=tuple(sorted(counted, key=lambda group: -group[2])),
        complaints=await repository.complaint_count(delivery_ids),
    )
