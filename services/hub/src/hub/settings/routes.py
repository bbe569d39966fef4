"""Settings of the installation and of groups."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires
from common.http.etags import IfMatch, PreconditionFailed, etag
from common.http.problems import problems
from common.http.work import Read, Work
from hub.settings import service
from hub.settings.errors import GroupUnknown, SettingsBeyondReach
from hub.settings.schemas import SettingOut, SettingsIn, SettingsOut

router = APIRouter(prefix="/api/v1/settings", tags=["settings"])

_ADMINISTERS = [requires("administer_installation")]
_REACHED = problems(SettingsBeyondReach, GroupUnknown)
GroupId = Annotated[UUID | None, Query(description="the group; the installation when left out")]


def _edit(by: CallerDep, expected: IfMatch, group_id: GroupId = None) -> service.Edit:
    return service.Edit(_text(group_id), expected, by)


@router.get("", dependencies=_ADMINISTERS, responses=_REACHED)
async def read_settings(read: Read, by: CallerDep, response: Response, group_id: GroupId = None) -> SettingsOut:
    """What is set in a place, what it inherits, and what holds."""
    return _shown(await service.read_settings(read, _text(group_id), by=by), response)


@router.put("", dependencies=_ADMINISTERS, responses=_REACHED | problems(PreconditionFailed, Invalid))
async def change_settings(
    asked: SettingsIn, work: Work, edit: Annotated[service.Edit, Depends(_edit)], response: Response
) -> SettingsOut:
    """Set what is named; null inherits again."""
    return _shown(await service.change_settings(work, edit, asked.values), response)


def _text(group_id: UUID | None) -> str | None:
    return None if group_id is None else str(group_id)


def _shown(standing: service.Standing, response: Response) -> SettingsOut:
    response.headers["ETag"] = etag(standing.revision)
    return SettingsOut(
        group_id=standing.place.group_id,
        group_name=standing.place.group_name,
        items=[
            SettingOut(
                name=each.entry.name,
                title=each.entry.title,
                explanation=each.entry.explanation,
                choices=None if each.entry.choices is None else list(each.entry.choices),
                value=each.value,
                inherited=each.inherited,
                in_force=each.in_force,
            )
            for each in standing.settings
        ],
    )
