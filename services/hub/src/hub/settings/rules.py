"""Which values a setting may have, and which one holds."""

from collections.abc import Mapping

from common.contracts.lui import TrackingLevel
from common.contracts.problem import Invalid
from common.contracts.settings import DEFAULTS, SettingName, SettingValue, lower
from hub.settings.catalogue import ENTRIES

Values = Mapping[SettingName, SettingValue | None]


def checked_values(asked: Mapping[str, SettingValue | None]) -> dict[SettingName, SettingValue | None]:
    """The values by name; null inherits. Raises Invalid pointing at each one that cannot be."""
    errors: list[tuple[str, str]] = []
    found: dict[SettingName, SettingValue | None] = {}
    known = {name.value: name for name in SettingName}
    for text, value in asked.items():
        pointer = "/values/" + text.replace("~", "~0").replace("/", "~1")
        if text not in known:
            errors.append((pointer, f"There is no setting {text[:60]!r}"))
            continue
        if _fits(known[text], value):
            found[known[text]] = value
        else:
            choices = ENTRIES[known[text]].choices
            errors.append((pointer, f"This must be {' or '.join(choices) if choices else 'true or false'}, or null"))
    if errors:
        raise Invalid(*errors)
    return found


def _fits(name: SettingName, value: SettingValue | None) -> bool:
    choices = ENTRIES[name].choices
    if value is None:
        return True
    return isinstance(value, bool) if choices is None else value in choices


def inherited(name: SettingName, installation: Values, *, in_group: bool) -> SettingValue:
    """What holds in a place where the setting is left empty."""
    value = installation.get(name) if in_group else None
    return DEFAULTS[name] if value is None else value


def in_force(name: SettingName, installation: Values, group: Values | None) -> SettingValue:
    """What holds: a group may narrow what the installation allows, and never widens it."""
    allowed = inherited(name, installation, in_group=True)
    own = None if group is None else group.get(name)
    if own is None:
        return allowed
    if name is SettingName.HIGHEST_LEVEL:
        return lower(TrackingLevel(str(allowed)), TrackingLevel(str(own))).value
    return bool(allowed) and bool(own)
