"""Use cases of the audit trail."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from common.contracts.shared import ActionRecorded
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts import service as accounts
from hub.audit.models import AuditEntry
from hub.audit.record import AuditRecord
from hub.audit.repository import AuditFilter, AuditRepository
from hub.audit.rules import months_to_prepare

_ACCOUNT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class AuditQuery:
    """Which entries are asked for, and where the list goes on. `since` is included, `until` is not."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, str] | None = None
    limit: int = 50


async def append_entry(uow: UnitOfWork, fact: ActionRecorded) -> None:
    """Add an action to the trail; the same fact twice adds it once."""
    row: dict[str, object] = {
        "digest": hashlib.sha256(f"{fact.subject}\n{fact.model_dump_json()}".encode()).digest(),
        "at": fact.at,
        "id": new_id(),
        "service": fact.owner(),
        "actor_id": fact.actor_id,
        "action": fact.action,
        "target_type": fact.target_type,
        "target_id": fact.target_id,
        "group_id": fact.group_id,
        "detail": fact.detail,
        "correlation_id": fact.correlation_id,
    }
    await AuditRepository(uow.session).append(row)


async def search_trail(uow: UnitOfWork, query: AuditQuery) -> list[AuditRecord]:
    """The entries asked for, newest first."""
    wanted = AuditFilter(query.actor, query.action, query.target, query.since, query.until)
    found = await AuditRepository(uow.session).page(wanted, after=query.after, limit=query.limit)
    names = await accounts.names_of(uow, {row.actor_id for row in found if _is_account(row.actor_id)})
    return [_as_record(row, names) for row in found]


async def prepare_months(uow: UnitOfWork) -> None:
    """Make the partitions of this month and the next three, where they are missing."""
    await AuditRepository(uow.session).make_partitions(months_to_prepare(uow.now))


def _is_account(actor_id: str | None) -> TypeGuard[str]:
    # Services and whatever else a fact may name are no ids of accounts.
    return actor_id is not None and _ACCOUNT_ID.fullmatch(actor_id) is not None


def _as_record(row: AuditEntry, names: dict[str, str]) -> AuditRecord:
    return AuditRecord(
        id=row.id,
        at=row.at,
        service=row.service,
        actor_id=row.actor_id,
        actor_name=None if row.actor_id is None else names.get(row.actor_id),
        action=row.action,
        target_type=row.target_type,
        target_id=row.target_id,
        group_id=row.group_id,
        detail=row.detail,
        correlation_id=row.correlation_id,
    )
