"""What becomes of tallies as time passes."""

from common.messaging.unit_of_work import UnitOfWork
from tracker.tallies import service


async def state_tallies(uow: UnitOfWork) -> None:
    """Tell others that counters moved."""
    await service.state_tallies(uow)
