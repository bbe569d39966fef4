"""Use cases of groups."""

from collections.abc import Collection
from dataclasses import dataclass

from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from hub.actions import Action, Target, record
from hub.groups.repository import GroupRepository
from hub.groups.rules import clean_name, name_key


@dataclass(frozen=True)
class GroupRecord:
    """A group as other domains see it."""

    id: str
    name: str


async def obtain_group(uow: UnitOfWork, name: str, *, by: str, pointer: str = "/group") -> GroupRecord:
    """The group of that name, made now when there was none; raises `Invalid` at `pointer` for what is no name."""
    cleaned = clean_name(name, pointer=pointer)
    key = name_key(cleaned)
    groups = GroupRepository(uow.session)
    found = await groups.with_key(key)
    if found is None:
        made_id = new_id()
        await groups.add_unless_present(made_id, cleaned, key, uow.now)
        found = await groups.with_key(key)
        if found is None:  # another transaction's group, not yet committed, that was rolled back
            raise LookupError("the group vanished while it was made")
        if found.id == made_id:
            record(uow, Action("group.create", by, Target("group", found.id, found.id), {"name": found.name}))
    return GroupRecord(found.id, found.name)


async def find_group(uow: UnitOfWork, name: str) -> GroupRecord | None:
    """The group of that name, in whatever case."""
    found = await GroupRepository(uow.session).with_key(name_key(name))
    return None if found is None else GroupRecord(found.id, found.name)


async def names_of(uow: UnitOfWork, group_ids: Collection[str]) -> dict[str, str]:
    """The names of groups, by id."""
    if not group_ids:
        return {}
    return {group.id: group.name for group in await GroupRepository(uow.session).with_ids(group_ids)}


async def list_groups(uow: UnitOfWork, *, only: str | None, after: str | None, limit: int) -> list[GroupRecord]:
    """Groups in the order of their names, from the one after the name `after`; just the one `only`, when given."""
    groups = GroupRepository(uow.session)
    if only is not None:
        found = await groups.with_ids([only])
    else:
        found = await groups.page(after=None if after is None else name_key(after), limit=limit)
    return [GroupRecord(group.id, group.name) for group in found]
