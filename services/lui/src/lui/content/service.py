"""Checking what a message says, and keeping it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from common.contracts.problem import Invalid
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.mailer import ContentError, FoundLink, MailerClient
from lui.content.errors import ContentMissing
from lui.content.files_rules import Kept, as_sent
from lui.content.models import Content
from lui.content.repository import ContentRepository
from lui.content.rules import require_writable
from lui.content.schemas import ContentIn, Link

UNUSED_LIFETIME = timedelta(days=1)
_PARTS = ("subject", "html", "text")


@dataclass(frozen=True)
class Draft:
    """What an author wants to send."""

    asked: ContentIn
    columns: Sequence[str] | None
    """The merge fields that can be filled, None while that is not known."""
    files: Sequence[Kept]


async def write_content(uow: UnitOfWork, draft: Draft, mailer: MailerClient) -> Content:
    """Check what the author wrote with the merge language of mailer, which will send it, and keep it.

    Raises Invalid pointing at part and line, and Unavailable when mailer is away.
    """
    asked = draft.asked
    require_writable(asked)
    html, text = asked.html or None, asked.text or None
    words = {"subject": asked.subject, "html": html, "text": text, "charset": asked.charset}
    check = await mailer.check_content(words, columns=draft.columns)
    if check.errors:
        raise Invalid(*(_pointed(error) for error in check.errors))
    content = Content(
        id=new_id(),
        subject=asked.subject,
        html=html,
        text=text,
        text_alternative=check.text_alternative if text is None else None,
        has_html=html is not None,
        merge_fields=[field.model_dump() for field in check.merge_fields],
        links=[_link(found).model_dump() for found in check.links],
        warnings=[warning.model_dump() for warning in check.warnings],
        charset=asked.charset,
        files=as_sent(draft.files),
        created_at=uow.now,
    )
    content.digest = content.present_digest()
    ContentRepository(uow.session).add(content)
    await uow.session.flush()
    return content


def _link(found: FoundLink) -> Link:
    return Link(id=str(found.number), part=found.part, url=found.url, alias=found.alias, personal=found.personal)


def _pointed(error: ContentError) -> tuple[str, str]:
    pointer = f"/{error.part}" if error.part in _PARTS else ""
    where = "" if error.line is None else f"line {error.line}: "
    return pointer, where + error.detail


async def merge_fields_of(
    texts: Iterable[tuple[str, str]], mailer: MailerClient, *, columns: Sequence[str] | None
) -> list[str]:
    """The merge fields in short texts outside the content, each with its pointer. Raises Invalid, Unavailable."""
    fields: dict[str, None] = {}
    for pointer, text in texts:
        check = await mailer.check_content({"subject": text, "html": None, "text": "-"}, columns=columns)
        if check.errors:
            raise Invalid(*((pointer, error.detail) for error in check.errors))
        fields |= dict.fromkeys(field.name for field in check.merge_fields)
    return list(fields)


async def get_content(uow: UnitOfWork, content_id: str) -> Content:
    """A content without its parts. Raises ContentMissing."""
    return _found(await ContentRepository(uow.session).get(content_id))


async def get_whole_content(uow: UnitOfWork, content_id: str) -> Content:
    """A content with its parts. Raises ContentMissing."""
    return _found(await ContentRepository(uow.session).whole(content_id))


def _found(content: Content | None) -> Content:
    if content is None:
        raise ContentMissing("The content of this job is not there any more")
    return content


async def old_contents(uow: UnitOfWork, *, after: str | None, limit: int) -> Sequence[str]:
    """Ids of contents old enough to go when nothing refers to them, in order, following `after`."""
    return await ContentRepository(uow.session).old(before=uow.now - UNUSED_LIFETIME, after=after, limit=limit)


async def forget_contents(uow: UnitOfWork, content_ids: Collection[str]) -> None:
    """Forget contents nothing refers to."""
    await ContentRepository(uow.session).remove(content_ids)
