"""Suppressions as people see and change them: those of their own group and those that hold for everybody."""

from collections.abc import AsyncIterator
from datetime import datetime

from common.contracts.mailer import MailerActionRecordedV1
from common.contracts.problem import Invalid
from common.http.bearer import Caller
from common.http.paging import PageParams, page_of
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from mailer.exporting import csv_rows
from mailer.suppression import repository
from mailer.suppression.errors import AlreadyLifted, GlobalScopeReserved, SuppressionNotFound
from mailer.suppression.models import SuppressionRow
from mailer.suppression.rules import address_hash, fault_of
from mailer.suppression.schemas import Reason, Scope, SuppressIn, SuppressionOut, Wanted, WantedPage
from mailer.suppression.service.suppress import Request, suppress

_ADMINISTER = "administer_installation"
_COLUMNS = (
    "address",
    "scope",
    "group_id",
    "reason",
    "note",
    "since",
    "added_by",
    "lifted_at",
    "lifted_by",
    "lift_note",
)
_EVIDENCE = ("delivery_id", "ordinal", "status", "reply_code", "text")
_EXPORTED_AT_ONCE = 2_000


async def page(uow: UnitOfWork, wanted: WantedPage, *, by: Caller) -> tuple[list[SuppressionOut], str | None]:
    """Suppressions that concern the caller's group, newest first; an administrator sees all."""
    params = PageParams(limit=wanted.limit, after=wanted.after)
    position = params.position()
    after = int(position[0]) if position and isinstance(position[0], int) else 0
    rows = await _rows(uow, wanted, (after, params.limit + 1), by)
    kept, following = page_of(rows, params, lambda row: [row.id])
    return [_shown(row) for row in kept], following


async def add(uow: UnitOfWork, asked: SuppressIn, *, by: Caller) -> tuple[SuppressionOut, bool]:
    """Suppress an address by hand; with the one in force, and False, when there is one.

    Raises Invalid, and GlobalScopeReserved.
    """
    address = asked.address.strip()
    fault = fault_of(address)
    if fault is not None:
        raise Invalid(("/address", fault))
    group_id = _scope_of(asked.scope, by)
    request = Request(address, group_id, Reason.MANUAL, note=asked.note)
    is_new = await suppress(uow, request, by=by.account_id)
    row = await repository.known(uow.session, address_hash(address), group_id)
    if row is None:  # lifted by somebody else between the two statements
        raise SuppressionNotFound("It was lifted this very moment; try again")
    return _shown(row), is_new


def _scope_of(scope: Scope, caller: Caller) -> str | None:
    if scope == "global":
        _require_administrator(caller)
        return None
    if caller.group_id is None:
        raise Invalid(("/scope", "you belong to no group; choose global"))
    return caller.group_id


def _require_administrator(caller: Caller) -> None:
    if not caller.may(_ADMINISTER):
        raise GlobalScopeReserved("This holds for the whole installation", right=_ADMINISTER)


async def lift(uow: UnitOfWork, suppression_id: str, note: str, *, by: Caller) -> SuppressionOut:
    """Let an address be written to again; the row stays, with who and why.

    Raises SuppressionNotFound, AlreadyLifted, GlobalScopeReserved.
    """
    number = int(suppression_id) if suppression_id.isascii() and suppression_id.isdigit() else 0
    row = await repository.get_for_update(uow.session, number) if 0 < number < 2**63 else None
    if row is None or not (row.group_id is None or row.group_id == by.group_id or by.may(_ADMINISTER)):
        raise SuppressionNotFound(f"There is no suppression {suppression_id}", suppression_id=suppression_id)
    if row.group_id is None:
        _require_administrator(by)
    if row.lifted_at is not None:
        raise AlreadyLifted("It was lifted before", lifted_at=row.lifted_at.isoformat())
    row.lifted_at, row.lifted_by, row.lift_note = uow.now, by.account_id, note
    _record(uow, "suppression.lift", str(row.id), row.group_id, by)
    return _shown(row)


async def export(work: UnitOfWorkFactory, wanted: Wanted, *, by: Caller) -> AsyncIterator[str]:
    """The chosen suppressions as CSV text; that somebody took them is on record before the first line leaves."""
    async with work() as uow:
        _record(uow, "suppression.export", "suppressions", by.group_id, by)
    yield csv_rows([[*_COLUMNS, *_EVIDENCE]])
    after: int | None = 0
    while after is not None:
        async with work.reader() as uow:
            rows = await _rows(uow, wanted, (after, _EXPORTED_AT_ONCE), by)
        yield csv_rows([_cells(_shown(row)) for row in rows])
        after = rows[-1].id if len(rows) == _EXPORTED_AT_ONCE else None


async def _rows(uow: UnitOfWork, wanted: Wanted, span: tuple[int, int], by: Caller) -> list[SuppressionRow]:
    everything = by.may(_ADMINISTER)
    return list(await repository.page(uow.session, wanted, span, seen_by=by.group_id, everything=everything))


def _cells(shown: SuppressionOut) -> list[str]:
    values = shown.model_dump()
    return [*(_text(values[name]) for name in _COLUMNS), *(_text(shown.evidence.get(name)) for name in _EVIDENCE)]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _record(uow: UnitOfWork, action: str, target_id: str, group_id: str | None, by: Caller) -> None:
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=action,
            target_type="suppression",
            target_id=target_id,
            group_id=group_id,
            correlation_id=uow.correlation_id,
        )
    )


def _shown(row: SuppressionRow) -> SuppressionOut:
    return SuppressionOut(
        id=str(row.id),
        address=row.address,
        scope="global" if row.group_id is None else "group",
        group_id=row.group_id,
        reason=Reason(row.reason),
        note=row.note,
        evidence=row.evidence,
        since=row.since,
        added_by=row.added_by,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        lift_note=row.lift_note,
    )
