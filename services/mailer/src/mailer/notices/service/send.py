"""One address at a time: the attempt is written down before it begins, and its outcome right after the answer."""

from dataclasses import dataclass

from common.contracts.notices import NoticeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.composing.short import Head, MergeFailed, head_of
from mailer.notices.metrics import ATTEMPTS
from mailer.notices.models import NoticeAddressRow, NoticeRow
from mailer.notices.repository import NoticeRepository
from mailer.notices.rules import LEFT_BEHIND, Outcome, Terms, after, given_up, message_id
from mailer.notices.schemas import NoticeStage
from mailer.notices.service.accept import state
from mailer.notices.service.sign import Signing
from mailer.signing.service import KeysUnreadable, release_keys


@dataclass(frozen=True, slots=True)
class From:
    """Who notices are from, and how they are signed."""

    name: str
    address: str
    signing: Signing


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice to one address, permitted to leave."""

    notice_id: str
    position: int
    to: str
    data: bytes


async def claim_letter(uow: UnitOfWork, sender: From, terms: Terms) -> tuple[Letter | None, bool]:
    """The letter that is due longest, and whether anything was due at all.

    When this commits, it counts as possibly sent until its outcome is written down.
    """
    repository = NoticeRepository(uow.session)
    row = await repository.next_to_send(uow.now)
    if row is None:
        return None, False
    notice = await repository.get_for_update(row.notice_id)
    if notice is None or notice.body is None or notice.subject is None:
        # Nothing is left to be sent, so nothing can be due.
        row.due_at = None
        return None, True
    if row.state == NoticeState.SENDING:
        await _settle(uow, notice, row, LEFT_BEHIND, terms)
        return None, True
    if notice.not_after <= uow.now:
        row.state, row.due_at, row.changed_at = given_up(NoticeState(row.state)).value, None, uow.now
        await _close(uow, notice)
        return None, True
    row.attempts += 1
    made = await _made(uow, notice, row, sender)
    if isinstance(made, Outcome):
        await _settle(uow, notice, row, made, terms)
        return None, True
    row.state, row.due_at, row.changed_at = NoticeState.SENDING.value, uow.now + terms.lease, uow.now
    return Letter(notice.id, row.position, row.address, made), True


async def _made(uow: UnitOfWork, notice: NoticeRow, row: NoticeAddressRow, sender: From) -> bytes | Outcome:
    """The message, or why there is none."""
    try:
        return await sender.signing.signed(uow, notice, head_of(_head(notice, row, sender)) + (notice.body or b""))
    except MergeFailed as error:
        return Outcome(None, error.detail, is_final=True)
    except KeysUnreadable as error:
        # It waits for whoever keeps the keys: what should be signed never leaves without.
        return Outcome(None, str(error))


async def settle(uow: UnitOfWork, letter: Letter, outcome: Outcome, terms: Terms) -> None:
    """Write down what an attempt came to."""
    repository = NoticeRepository(uow.session)
    # The same order as claiming: the address first, then its notice.
    row = await repository.address(letter.notice_id, letter.position)
    notice = await repository.get_for_update(letter.notice_id)
    if row is not None and notice is not None and row.state == NoticeState.SENDING:
        await _settle(uow, notice, row, outcome, terms)


async def _settle(uow: UnitOfWork, notice: NoticeRow, row: NoticeAddressRow, outcome: Outcome, terms: Terms) -> None:
    standing = after(outcome, attempts=row.attempts, doubts=row.doubts, at=uow.now, terms=terms)
    row.state, row.doubts, row.changed_at = standing.state.value, standing.doubts, uow.now
    row.due_at = None if standing.due_at is None else min(standing.due_at, max(notice.not_after, uow.now))
    row.reply_code, row.reply_text = outcome.code, outcome.text
    if not outcome.is_accepted:
        notice.problem = outcome.text
    ATTEMPTS.labels(standing.state.value).inc()
    await _close(uow, notice)


async def _close(uow: UnitOfWork, notice: NoticeRow) -> None:
    """End a notice about which nothing is left to be done, and tell its owner how it stands."""
    await uow.session.flush()
    if await NoticeRepository(uow.session).is_settled(notice.id):
        notice.stage, notice.ended_at, notice.body = NoticeStage.ENDED.value, uow.now, None
        await release_keys(uow, notice.id)
    await state(uow, notice)


def _head(notice: NoticeRow, row: NoticeAddressRow, sender: From) -> Head:
    return Head(
        sender.name,
        sender.address,
        row.address,
        notice.subject or "",
        notice.created_at,
        message_id(notice.id, row.position, sender.address),
    )
