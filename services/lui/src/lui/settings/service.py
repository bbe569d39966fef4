"""What lui knows of hub's settings."""

from common.contracts.hub import SettingChangedV1
from common.messaging.unit_of_work import UnitOfWork
from lui.settings.repository import KnownSettingRepository
from lui.settings.rules import UNLIMITED, TrackingCap, tracking_cap

__all__ = ["UNLIMITED", "TrackingCap", "keep_setting", "tracking_cap_of"]
_INSTALLATION = ""


async def keep_setting(uow: UnitOfWork, fact: SettingChangedV1) -> None:
    """Keep the newest value of a setting, in whatever order its values arrive."""
    await KnownSettingRepository(uow.session).keep_newest(
        {
            "place": fact.group_id or _INSTALLATION,
            "name": fact.name,
            "value": fact.value,
            "revision": fact.revision,
            "updated_at": uow.now,
        }
    )


async def tracking_cap_of(uow: UnitOfWork, group_id: str | None) -> TrackingCap:
    """What the installation, and the group where there is one, allow to track."""
    places = [_INSTALLATION, *([group_id] if group_id else [])]
    known = await KnownSettingRepository(uow.session).of(places)
    of_installation = {each.name: each.value for each in known if each.place == _INSTALLATION}
    of_group = {each.name: each.value for each in known if each.place != _INSTALLATION}
    return tracking_cap(of_installation, of_group)
