"""Writing to people who work with the installation: lui says what and to whom, mailer sends it."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.contracts.digest import document_digest
from common.contracts.lui import NoticeRequestedV1
from common.contracts.notices import NoticeSettledV1
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.content import files
from lui.notices.errors import NoticeNotFound
from lui.notices.models import Notice
from lui.notices.repository import NoticeRepository
from lui.notices.schemas import NoticeFileOut, NoticeOut

KEPT = timedelta(days=60)
FORGOTTEN_AT_ONCE = 200


@dataclass(frozen=True)
class NoticeFile:
    """A file that goes with a notice."""

    name: str
    content_type: str
    octets: bytes
    content_id: str | None = None


@dataclass(frozen=True)
class NewNotice:
    """What is to be said."""

    reason: str
    subject: str
    text: str
    html: str | None
    addresses: Sequence[str]
    files: Sequence[NoticeFile]
    not_after: datetime


@dataclass(frozen=True)
class HowItWent:
    """What mailer said last of a notice."""

    counts: Mapping[str, int]
    problem: str | None
    is_settled: bool


async def send_notice(uow: UnitOfWork, new: NewNotice) -> str:
    """Ask for a notice; it leaves when this commits. Returns its id."""
    stored = [await _stored(uow, file) for file in new.files]
    document = NoticeOut(
        subject=new.subject, text=new.text, html=new.html, addresses=list(new.addresses), files=stored
    ).model_dump(mode="json")
    notice = Notice(
        id=new_id(),
        reason=new.reason,
        document=document,
        not_after=new.not_after,
        revision=0,
        counts={},
        problem=None,
        is_settled=False,
        created_at=uow.now,
    )
    NoticeRepository(uow.session).add(notice)
    await uow.session.flush()
    uow.emit(
        NoticeRequestedV1(
            notice_id=notice.id,
            reason=new.reason,
            address_count=len(new.addresses),
            content_digest=document_digest(document),
            not_after=new.not_after,
        )
    )
    return notice.id


async def get_document(uow: UnitOfWork, notice_id: str) -> NoticeOut:
    """What a notice says. Raises NoticeNotFound."""
    notice = await NoticeRepository(uow.session).get(notice_id) if is_id(notice_id) else None
    if notice is None or notice.not_after <= uow.now:
        raise NoticeNotFound("There is no such notice", notice_id=notice_id)
    return NoticeOut.model_validate(notice.document)


async def note_settled(uow: UnitOfWork, fact: NoticeSettledV1) -> None:
    """Keep how a notice went; what is older than what is known changes nothing."""
    notice = await NoticeRepository(uow.session).get_for_update(fact.notice_id)
    if notice is None or fact.revision <= notice.revision:
        return
    notice.revision = fact.revision
    notice.counts = {state.value: count for state, count in fact.counts.items()}
    notice.problem, notice.is_settled = fact.problem, fact.is_final


async def how_they_went(uow: UnitOfWork, notice_ids: Collection[str]) -> dict[str, HowItWent]:
    """What mailer said last of each; those it said nothing of have no counts."""
    found = await NoticeRepository(uow.session).among(notice_ids)
    return {each.id: HowItWent(each.counts, each.problem, each.is_settled) for each in found}


async def forget_old(uow: UnitOfWork) -> bool:
    """Forget some that were sent long ago; returns whether there may be more."""
    forgotten = await NoticeRepository(uow.session).forget(before=uow.now - KEPT, limit=FORGOTTEN_AT_ONCE)
    return forgotten == FORGOTTEN_AT_ONCE


async def _stored(uow: UnitOfWork, file: NoticeFile) -> NoticeFileOut:
    sha256 = hashlib.sha256(file.octets).hexdigest()
    await files.store(uow, sha256, file.octets)
    return NoticeFileOut(
        file_name=file.name,
        content_type=file.content_type,
        size=len(file.octets),
        sha256=sha256,
        content_id=file.content_id,
    )
