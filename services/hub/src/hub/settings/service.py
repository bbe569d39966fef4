"""Use cases of settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.contracts.hub import SettingChangedV1
from common.contracts.settings import SettingName, SettingValue
from common.http.bearer import Caller
from common.http.etags import Precondition
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from hub.actions import Action, Target, record
from hub.groups import service as groups
from hub.settings import rules
from hub.settings.catalogue import CATALOGUE, Entry
from hub.settings.errors import GroupUnknown, SettingsBeyondReach
from hub.settings.models import Setting
from hub.settings.repository import SettingRepository

_INSTALLATION = "installation"


@dataclass(frozen=True)
class Place:
    """Where a setting is set: the installation when there is no group."""

    group_id: str | None
    group_name: str | None


@dataclass(frozen=True)
class Edit:
    """Where settings are changed, by whom, and the version they looked at."""

    group_id: str | None
    expected: Precondition
    by: Caller


@dataclass(frozen=True)
class Shown:
    """A setting as it stands in a place."""

    entry: Entry
    value: SettingValue | None
    inherited: SettingValue
    in_force: SettingValue


@dataclass(frozen=True)
class Standing:
    """All settings of a place; `revision` changes with every one of them."""

    place: Place
    revision: str
    settings: tuple[Shown, ...]


async def read_settings(uow: UnitOfWork, group_id: str | None, *, by: Caller) -> Standing:
    """The settings of a place. Raises SettingsBeyondReach, GroupUnknown."""
    place = await _place(uow, group_id, by)
    rows = await SettingRepository(uow.session).governing(group_id)
    return _standing(place, rows)


async def change_settings(uow: UnitOfWork, edit: Edit, asked: Mapping[str, SettingValue | None]) -> Standing:
    """Set what is named; null inherits again. Raises SettingsBeyondReach, GroupUnknown, PreconditionFailed, Invalid."""
    group_id, by = edit.group_id, edit.by
    place = await _place(uow, group_id, by)
    values = rules.checked_values(asked)
    repository = SettingRepository(uow.session)
    await repository.lock()
    rows = {SettingName(row.name): row for row in await repository.of(group_id)}
    edit.expected.require(_revision([*rows.values()]))
    for name, value in values.items():
        row = rows.get(name)
        if value == (row.value if row else None):
            continue
        if row is None:
            row = Setting(id=new_id(), group_id=group_id, name=name.value, revision=0)
            repository.add(row)
        row.value, row.revision, row.changed_by, row.changed_at = value, row.revision + 1, by.account_id, uow.now
        uow.emit(SettingChangedV1(name=name.value, group_id=group_id, value=value, revision=row.revision))
        target = Target("settings", group_id or _INSTALLATION, group_id)
        record(uow, Action("settings.change", by.account_id, target, {"name": name.value, "value": value}))
    await uow.session.flush()
    return _standing(place, await repository.governing(group_id))


async def _place(uow: UnitOfWork, group_id: str | None, by: Caller) -> Place:
    if by.group_id is not None and group_id != by.group_id:
        raise SettingsBeyondReach("An account in a group sets what holds in its group only", group_id=by.group_id)
    if group_id is None:
        return Place(None, None)
    names = await groups.names_of(uow, [group_id])
    if group_id not in names:
        raise GroupUnknown("There is no such group", group_id=group_id)
    return Place(group_id, names[group_id])


def _standing(place: Place, rows: Sequence[Setting]) -> Standing:
    installation = {SettingName(row.name): row.value for row in rows if row.group_id is None}
    own = [row for row in rows if row.group_id == place.group_id]
    values = {SettingName(row.name): row.value for row in own}
    in_group = place.group_id is not None
    shown = [
        Shown(
            entry,
            values.get(entry.name),
            rules.inherited(entry.name, installation, in_group=in_group),
            rules.in_force(entry.name, installation, values if in_group else None),
        )
        for entry in CATALOGUE
    ]
    return Standing(place, _revision(own), tuple(shown))


def _revision(rows: Sequence[Setting]) -> str:
    return f"settings-{sum(row.revision for row in rows)}"
