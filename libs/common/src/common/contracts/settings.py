"""Settings that are edited in hub and obeyed elsewhere: their names, and what holds where nobody said anything."""

from enum import StrEnum

from common.contracts.lui import TrackingLevel

SettingValue = str | bool
LEVELS = tuple(TrackingLevel)
"""Least first: a level is allowed where it does not come after the highest one."""


class SettingName(StrEnum):
    """What can be set."""

    HIGHEST_LEVEL = "tracking.highest_level"
    ACTIONS_ALLOWED = "tracking.actions_allowed"


DEFAULTS: dict[SettingName, SettingValue] = {
    SettingName.HIGHEST_LEVEL: TrackingLevel.PERSONAL.value,
    # A cookie on other people's pages is nothing to begin with unasked.
    SettingName.ACTIONS_ALLOWED: False,
}


def lower(first: TrackingLevel, second: TrackingLevel) -> TrackingLevel:
    """The one of two levels that knows less."""
    return min(first, second, key=LEVELS.index)
