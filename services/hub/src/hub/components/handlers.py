"""Heartbeats of every service."""

from common.contracts.shared import ComponentSeen
from common.messaging.unit_of_work import UnitOfWork
from hub.components import service


async def on_component_seen(uow: UnitOfWork, fact: ComponentSeen) -> None:
    """Keep the register up to date."""
    await service.note_heartbeat(uow, fact)
