"""Recorded actions of every service."""

from common.contracts.shared import ActionRecorded
from common.messaging.unit_of_work import UnitOfWork
from hub.audit import service


async def on_action_recorded(uow: UnitOfWork, fact: ActionRecorded) -> None:
    """Add it to the trail."""
    await service.append_entry(uow, fact)
