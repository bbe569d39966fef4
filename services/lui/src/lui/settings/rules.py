"""What hub's settings allow a job to track."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.contracts.lui import TrackingLevel
from common.contracts.settings import DEFAULTS, LEVELS, SettingName, lower

Values = Mapping[str, Any]
"""By name; what is null or missing inherits."""


@dataclass(frozen=True)
class TrackingCap:
    """How much a job may track, and who says so: `installation` or `group`."""

    highest: TrackingLevel
    highest_by: str
    actions: bool
    actions_by: str

    def allows(self, level: TrackingLevel) -> bool:
        """Whether a job may track at `level`."""
        return LEVELS.index(level) <= LEVELS.index(self.highest)

    def level_reason(self, level: TrackingLevel) -> str | None:
        """Why not, in plain words, or None."""
        if self.allows(level):
            return None
        return f"{_WHO[self.highest_by]} allows tracking up to the level {self.highest}"

    def actions_reason(self) -> str | None:
        """Why actions may not be tracked, in plain words, or None."""
        return None if self.actions else f"{_WHO[self.actions_by]} does not allow action tracking"


_WHO = {"installation": "This installation", "group": "Your group"}
UNLIMITED = TrackingCap(TrackingLevel.PERSONAL, "installation", actions=True, actions_by="installation")


def tracking_cap(installation: Values, group: Values) -> TrackingCap:
    """What both allow together: a group narrows and never widens."""
    first = _level(installation) or TrackingLevel(str(DEFAULTS[SettingName.HIGHEST_LEVEL]))
    own = _level(group)
    highest = first if own is None else lower(first, own)
    allowed = _switch(installation, default=bool(DEFAULTS[SettingName.ACTIONS_ALLOWED]))
    own_switch = _switch(group, default=True)
    return TrackingCap(
        highest=highest,
        highest_by="installation" if highest == first else "group",
        actions=allowed and own_switch,
        actions_by="group" if allowed else "installation",
    )


def _level(values: Values) -> TrackingLevel | None:
    value = values.get(SettingName.HIGHEST_LEVEL)
    known = {level.value for level in TrackingLevel}
    if value is None:
        return None
    # A level this release does not know is taken for the least: it was set to keep something from being known.
    return TrackingLevel(value) if value in known else TrackingLevel.OFF


def _switch(values: Values, *, default: bool) -> bool:
    value = values.get(SettingName.ACTIONS_ALLOWED)
    return default if value is None else value is True
