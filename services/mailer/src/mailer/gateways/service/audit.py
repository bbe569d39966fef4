"""Stating who did what to a gateway."""

from collections.abc import Mapping

from common.contracts.mailer import MailerActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork

Detail = Mapping[str, str | int | bool | None]


def record(uow: UnitOfWork, action: str, target_id: str, *, by: str | None, detail: Detail) -> None:
    """In the same transaction as what was done. Names of fields, never their secrets."""
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by,
            action=action,
            target_type=action.partition(".")[0],
            target_id=target_id,
            group_id=None,
            detail=dict(detail),
            correlation_id=uow.correlation_id,
        )
    )
