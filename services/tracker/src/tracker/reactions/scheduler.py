"""What reactions need as time passes."""

from common.messaging.unit_of_work import UnitOfWork
from tracker.reactions import service


async def prepare_partitions(uow: UnitOfWork) -> None:
    """Make partitions before their month begins."""
    await service.prepare_partitions(uow)
