"""Looking at notices, and forgetting them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from common.contracts.notices import NoticeState
from common.contracts.problem import Invalid
from common.http.paging import decode_cursor, encode_cursor
from common.messaging.unit_of_work import UnitOfWork
from mailer.notices.metrics import WAITING
from mailer.notices.models import NoticeAddressRow, NoticeRow
from mailer.notices.repository import NoticeRepository
from mailer.notices.schemas import NoticeAddressOut, NoticeOut, NoticeStage, NoticeWanted

_FORGOTTEN_AT_ONCE = 500


async def list_notices(uow: UnitOfWork, wanted: NoticeWanted) -> tuple[list[NoticeOut], str | None]:
    """Newest first. Raises Invalid for a cursor that is none of ours."""
    repository = NoticeRepository(uow.session)
    found = await repository.page(wanted.only, _position(wanted.after), wanted.limit + 1)
    rows, following = found[: wanted.limit], None
    if len(found) > wanted.limit:
        following = encode_cursor(rows[-1].created_at.isoformat(), rows[-1].id)
    addresses: dict[str, list[NoticeAddressOut]] = {row.id: [] for row in rows}
    for each in await repository.addresses_of(list(addresses)):
        addresses[each.notice_id].append(_address_out(each))
    return [_out(row, addresses[row.id]) for row in rows], following


async def open_among(uow: UnitOfWork, notice_ids: Collection[str]) -> set[str]:
    """Those of some ids that are of notices which have not ended: their signing keys are still needed."""
    return await NoticeRepository(uow.session).open_among(notice_ids)


async def is_due(uow: UnitOfWork) -> bool:
    """Whether there is anything to do now."""
    return await NoticeRepository(uow.session).is_due(uow.now)


async def count_waiting(uow: UnitOfWork) -> None:
    """Publish how much waits."""
    WAITING.set(await NoticeRepository(uow.session).waiting_count())


async def forget(uow: UnitOfWork, keep: timedelta) -> bool:
    """Forget some that ended long ago; returns whether there may be more."""
    return await NoticeRepository(uow.session).forget(uow.now - keep, _FORGOTTEN_AT_ONCE) == _FORGOTTEN_AT_ONCE


def _position(after: str | None) -> tuple[datetime, str] | None:
    if after is None:
        return None
    match decode_cursor(after):
        case [str() as at, str() as notice_id]:
            try:
                return datetime.fromisoformat(at), notice_id
            except ValueError:
                pass
    raise Invalid(("/after", "is not a cursor that was given out"))


def _out(row: NoticeRow, addresses: list[NoticeAddressOut]) -> NoticeOut:
    return NoticeOut(
        id=row.id,
        requested_by=row.requested_by,
        reason=row.reason,
        subject=row.subject,
        stage=NoticeStage(row.stage),
        problem=row.problem,
        created_at=row.created_at,
        not_after=row.not_after,
        ended_at=row.ended_at,
        addresses=addresses,
    )


def _address_out(row: NoticeAddressRow) -> NoticeAddressOut:
    return NoticeAddressOut(
        address=row.address,
        state=NoticeState(row.state),
        attempts=row.attempts,
        reply_code=row.reply_code,
        reply_text=row.reply_text,
        changed_at=row.changed_at,
        next_attempt_at=None if row.state == NoticeState.SENDING else row.due_at,
    )
