"""Use cases of the register of components."""

from common.contracts.shared import ComponentSeen
from common.messaging.unit_of_work import UnitOfWork
from hub.components import rules
from hub.components.record import ComponentRecord
from hub.components.repository import ComponentRepository


async def note_heartbeat(uow: UnitOfWork, fact: ComponentSeen) -> None:
    """Register a process or its being alive; an older heartbeat than the known one changes nothing."""
    # A clock that is ahead must not keep a dead process alive for as long as it is ahead.
    at = min(fact.at, uow.now)
    row: dict[str, object] = {
        "instance_id": fact.instance_id,
        "component": fact.component,
        "role": fact.role,
        "version": fact.version,
        "host": fact.host,
        "ready": fact.ready,
        "started_at": fact.started_at,
        "first_seen_at": at,
        "last_seen_at": at,
    }
    await ComponentRepository(uow.session).store_heartbeat(row)


async def list_components(uow: UnitOfWork) -> list[ComponentRecord]:
    """Every process heard of within a day, by service, role and start."""
    found = await ComponentRepository(uow.session).seen_since(uow.now - rules.FORGOTTEN_AFTER)
    return [
        ComponentRecord(
            instance_id=row.instance_id,
            component=row.component,
            role=row.role,
            version=row.version,
            host=row.host,
            state=rules.state_of(ready=row.ready, last_seen_at=row.last_seen_at, now=uow.now),
            started_at=row.started_at,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
        )
        for row in found
    ]


async def forget_gone(uow: UnitOfWork) -> None:
    """Drop the processes not heard of for a day."""
    await ComponentRepository(uow.session).remove_unseen(uow.now - rules.FORGOTTEN_AFTER)
