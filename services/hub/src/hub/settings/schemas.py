"""HTTP bodies about settings."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from common.contracts.settings import SettingName, SettingValue

_Name = Annotated[str, Field(max_length=100)]


class SettingsIn(BaseModel):
    """What is named is changed; null inherits again."""

    model_config = ConfigDict(extra="forbid")

    values: Annotated[dict[_Name, SettingValue | None], Field(max_length=50)]


class SettingOut(BaseModel):
    """A setting in one place."""

    name: SettingName
    title: str
    explanation: str
    choices: list[str] | None
    """Null for a switch."""
    value: SettingValue | None
    """What was set in this place; null inherits."""
    inherited: SettingValue
    """What holds where `value` is null."""
    in_force: SettingValue
    """What holds: a group never widens what the installation allows."""


class SettingsOut(BaseModel):
    """The settings of the installation, or of a group."""

    group_id: str | None
    group_name: str | None
    items: list[SettingOut]
