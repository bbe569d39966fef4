"""Not writing to people who must not be written to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.contracts.mailer import MailerActionRecordedV1
from common.http.bearer import Caller
from common.http.paging import PageParams, page_of
from common.messaging.unit_of_work import UnitOfWork
from mailer.suppression import repository
from mailer.suppression.rules import address_hash
from mailer.suppression.schemas import SuppressionOut

__all__ = ["Request", "address_hash", "page", "suppress", "suppressed_among"]

MAX_REASON = 60


@dataclass(frozen=True, slots=True)
class Request:
    """Who is to be left alone, by whom, and why; without a group it holds for the whole installation."""

    address: str
    group_id: str | None
    reason: str
    evidence: Mapping[str, Any] = field(default_factory=dict)


async def suppress(uow: UnitOfWork, request: Request, *, by: str | None) -> bool:
    """Suppress an address; the very next intent obeys. False when it was suppressed already."""
    is_new = await repository.add(
        uow.session,
        {
            "group_id": request.group_id,
            "address_hash": address_hash(request.address),
            "address": request.address,
            "reason": request.reason[:MAX_REASON],
            "evidence": dict(request.evidence),
            "since": uow.now,
        },
    )
    if is_new:
        uow.emit(
            MailerActionRecordedV1(
                at=uow.now,
                actor_id=by,
                action="suppression.add",
                target_type="suppression",
                target_id=address_hash(request.address).hex()[:16],
                group_id=request.group_id,
                detail={"reason": request.reason[:MAX_REASON]},
                correlation_id=uow.correlation_id,
            )
        )
    return is_new


async def suppressed_among(uow: UnitOfWork, addresses: Sequence[str], group_id: str | None) -> set[str]:
    """Which of these addresses a group must not write to."""
    by_hash = {address_hash(address): address for address in addresses}
    hashes = await repository.in_force(uow.session, list(by_hash), group_id)
    return {address for address in addresses if address_hash(address) in hashes} if hashes else set()


async def page(uow: UnitOfWork, caller: Caller, params: PageParams) -> tuple[list[SuppressionOut], str | None]:
    """Suppressions that concern the caller's group, newest first; an administrator sees all."""
    position = params.position()
    after = int(position[0]) if position and isinstance(position[0], int) else 0
    everything = caller.may("administer_installation")
    rows = await repository.page(uow.session, caller.group_id, after, params.limit + 1, everything=everything)
    kept, following = page_of(list(rows), params, lambda row: [row.id])
    items = [
        SuppressionOut(id=str(row.id), group_id=row.group_id, address=row.address, reason=row.reason, since=row.since)
        for row in kept
    ]
    return items, following
