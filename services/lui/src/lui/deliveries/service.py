"""Asking for a delivery, steering it, and reading where it stands."""

from collections.abc import Sequence
from typing import Literal

from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries.models import Delivery
from lui.deliveries.schemas import DeliveryOrder

ControlAction = Literal["pause", "resume", "cancel", "retry"]


async def request_delivery(uow: UnitOfWork, order: DeliveryOrder, *, by: str) -> Delivery:
    """Freeze `order` as a delivery with a number of its own and ask mailer and tracker to carry it out.

    `by` is the account that asks, or `service:lui` for a schedule.
    """
    raise NotImplementedError


async def deliveries_of(uow: UnitOfWork, job_id: str) -> Sequence[Delivery]:
    """A job's deliveries, newest last."""
    raise NotImplementedError


async def get_delivery(uow: UnitOfWork, delivery_id: str) -> Delivery:
    """Raises DeliveryNotFound."""
    raise NotImplementedError


async def control_delivery(uow: UnitOfWork, delivery_id: str, action: ControlAction, *, by: str) -> Delivery:
    """Ask mailer to pause, resume, cancel or retry; the delivery's state follows when mailer has done it.

    Raises DeliveryNotFound, and DeliveryOver when its state leaves nothing to do for `action`.
    """
    raise NotImplementedError
