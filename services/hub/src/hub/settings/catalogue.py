"""What can be set in hub, explained."""

from dataclasses import dataclass

from common.contracts.settings import LEVELS, SettingName


@dataclass(frozen=True)
class Entry:
    """One setting; without choices it is a switch."""

    name: SettingName
    title: str
    explanation: str
    choices: tuple[str, ...] | None = None


CATALOGUE: tuple[Entry, ...] = (
    Entry(
        SettingName.HIGHEST_LEVEL,
        "Highest level of tracking",
        "No job may learn more about recipients than this; a group can allow less than the installation, never more",
        tuple(level.value for level in LEVELS),
    ),
    Entry(
        SettingName.ACTIONS_ALLOWED,
        "Action tracking",
        "Jobs may set a signed cookie with which visits of pages that carry an action tag count as reactions",
    ),
)
ENTRIES = {entry.name: entry for entry in CATALOGUE}
