"""What becomes true of plans as time passes."""

from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service


async def open_barriers(uow: UnitOfWork) -> None:
    """State the plans that every intake knows by now."""
    await service.state_loaded_plans(uow)
