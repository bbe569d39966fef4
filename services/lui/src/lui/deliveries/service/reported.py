"""Deliveries as reports and statistics read them."""

from collections.abc import Collection, Sequence

from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries.models import Delivery
from lui.deliveries.reported_repository import Began, ReportedDeliveryRepository, Viewer

__all__ = ["Began", "Delivery", "newest_live_deliveries", "visible_live_deliveries"]


async def visible_live_deliveries(
    uow: UnitOfWork, job_ids: Collection[str], *, by: Viewer
) -> dict[str, list[Delivery]]:
    """The live deliveries of some jobs that `by` may see, oldest first; they outlive a deleted job."""
    found: dict[str, list[Delivery]] = {job_id: [] for job_id in job_ids}
    for delivery in await ReportedDeliveryRepository(uow.session, by).of_jobs(job_ids):
        found[delivery.job_id].append(delivery)
    return found


async def newest_live_deliveries(uow: UnitOfWork, began: Began, *, by: Viewer, limit: int) -> Sequence[Delivery]:
    """Live deliveries that `by` may see and that began within a stretch of time, newest first."""
    return await ReportedDeliveryRepository(uow.session, by).newest(began, limit=limit)
