"""How hub states that someone did something: the audit trail is fed by the same facts as every other service's."""

from dataclasses import dataclass, field

from common.contracts.hub import HubActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork

Detail = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class Target:
    """What was acted on."""

    type: str
    id: str
    group_id: str | None = None


@dataclass(frozen=True)
class Action:
    """What was done, by whom (an account's id, `service:hub`, or None for someone unknown)."""

    name: str
    by: str | None
    target: Target
    detail: Detail = field(default_factory=dict)


SYSTEM = "service:hub"


def record(uow: UnitOfWork, action: Action) -> None:
    """State the action in the transaction that makes it true."""
    uow.emit(
        HubActionRecordedV1(
            at=uow.now,
            actor_id=action.by,
            action=action.name,
            target_type=action.target.type,
            target_id=action.target.id,
            group_id=action.target.group_id,
            detail=action.detail,
            correlation_id=uow.correlation_id,
        )
    )
