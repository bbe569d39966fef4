"""Naming actions on other people's pages."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from common.contracts.lui import LuiActionRecordedV1
from common.http.bearer import Caller
from common.http.etags import Precondition
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.action_tags.errors import ActionTagNameTaken, ActionTagNotFound, TooManyActionTags
from lui.action_tags.models import ActionTag
from lui.action_tags.repository import ActionTagRepository, Viewer
from lui.action_tags.schemas import ActionTagIn, ActionTagPatch

MOST_TAGS = 500


class Tag(Protocol):
    """What is read of an action tag."""

    id: str
    number: int
    name: str
    revision: int
    archived_at: datetime | None
    created_at: datetime


async def create_tag(uow: UnitOfWork, asked: ActionTagIn, *, by: Caller) -> Tag:
    """A new tag of the caller's group. Raises ActionTagNameTaken, TooManyActionTags."""
    tags = ActionTagRepository(uow.session)
    if await tags.count(by) >= MOST_TAGS:
        raise TooManyActionTags(f"There are {MOST_TAGS} action tags already; rename one instead")
    await _require_free(uow, asked.name, by)
    tag = ActionTag(
        id=new_id(),
        number=await tags.next_number(),
        owner_id=by.account_id,
        group_id=by.group_id,
        name=asked.name,
        revision=1,
        archived_at=None,
        created_at=uow.now,
        updated_at=uow.now,
    )
    tags.add(tag)
    await uow.session.flush()
    _record(uow, "create", tag, by)
    return tag


async def change_tag(
    uow: UnitOfWork, tag_id: str, asked: ActionTagPatch, precondition: Precondition, *, by: Caller
) -> Tag:
    """Rename, archive or bring back. Raises ActionTagNotFound, PreconditionFailed, ActionTagNameTaken."""
    found = await ActionTagRepository(uow.session).visible([tag_id], by, for_update=True) if is_id(tag_id) else ()
    if not found:
        raise ActionTagNotFound("There is no such action tag", tag_id=tag_id)
    tag = found[0]
    precondition.require(tag.revision)
    name = asked.name or tag.name
    comes_back = asked.archived is False and tag.archived_at is not None
    if comes_back or name.lower() != tag.name.lower():
        await _require_free(uow, name, by)
    tag.name = name
    if asked.archived is not None:
        tag.archived_at = (tag.archived_at or uow.now) if asked.archived else None
    tag.revision += 1
    tag.updated_at = uow.now
    _record(uow, "change", tag, by)
    return tag


async def list_tags(uow: UnitOfWork, *, by: Viewer) -> Sequence[Tag]:
    """The caller's tags and those of the caller's group, by name; archived ones as well."""
    return await ActionTagRepository(uow.session).of(by, limit=2 * MOST_TAGS)


async def get_tag(uow: UnitOfWork, tag_id: str, *, by: Viewer) -> Tag:
    """Raises ActionTagNotFound."""
    return (await tags_of(uow, [tag_id], by=by))[0]


async def tags_of(uow: UnitOfWork, tag_ids: Collection[str], *, by: Viewer) -> Sequence[Tag]:
    """All of these, by number. Raises ActionTagNotFound when one is not there, or not the caller's to see."""
    wanted = {tag_id for tag_id in tag_ids if is_id(tag_id)}
    found = await ActionTagRepository(uow.session).visible(wanted, by) if wanted else ()
    if missing := set(tag_ids) - {tag.id for tag in found}:
        raise ActionTagNotFound("There is no such action tag", tag_id=min(missing))
    return found


async def names_by_number(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    """What reports call the numbers in tracker's counters."""
    return await ActionTagRepository(uow.session).names(numbers) if numbers else {}


async def _require_free(uow: UnitOfWork, name: str, by: Viewer) -> None:
    if (found := await ActionTagRepository(uow.session).named(name, by)) is not None:
        raise ActionTagNameTaken(f"There is an action tag called {found.name} already", tag_id=found.id)


def _record(uow: UnitOfWork, action: str, tag: ActionTag, by: Caller) -> None:
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=f"action_tag.{action}",
            target_type="action_tag",
            target_id=tag.id,
            group_id=tag.group_id,
            detail={"name": tag.name, "archived": tag.archived_at is not None},
            correlation_id=uow.correlation_id,
        )
    )
