"""The facts hub states."""

from typing import Any, ClassVar

from pydantic import NonNegativeInt, PositiveInt

from common.contracts.base import Fact
from common.contracts.shared import ActionRecorded, ComponentSeen, action_examples, seen_examples


class AccountChangedV1(Fact, subject="hub.account.changed.v1"):
    """An account was created, altered or closed; the whole state, so that order does not matter."""

    account_id: str
    revision: NonNegativeInt
    """Grows with every change; a consumer drops a revision it already has."""
    name: str
    group_id: str | None
    group_name: str | None
    contact_address: str | None = None
    rights: tuple[str, ...]
    closed: bool
    auth_epoch: NonNegativeInt
    """Tokens minted for an earlier epoch are worth nothing."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "account_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b11",
            "revision": 1,
            "name": "admin",
            "group_id": None,
            "group_name": None,
            "rights": ["administer_accounts", "create_jobs"],
            "closed": False,
            "auth_epoch": 1,
        },
        {
            "account_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b12",
            "revision": 7,
            "name": "ada",
            "group_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01",
            "group_name": "Marketing",
            "contact_address": "ada@example.org",
            "rights": [],
            "closed": True,
            "auth_epoch": 3,
        },
    )


class SettingChangedV1(Fact, subject="hub.setting.changed.v1"):
    """A setting of the installation or of a group was changed; the whole state of that one value."""

    name: str
    """A `common.contracts.settings.SettingName`; consumers ignore those they do not know."""
    group_id: str | None
    """None: the installation."""
    value: str | bool | None
    """None: inherited from the installation, or from the default."""
    revision: PositiveInt
    """Grows with every change of this setting in this place; a consumer drops a revision it already has."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"name": "tracking.highest_level", "group_id": None, "value": "unique", "revision": 1},
        {
            "name": "tracking.actions_allowed",
            "group_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01",
            "value": None,
            "revision": 4,
        },
    )


class HubActionRecordedV1(ActionRecorded, subject="hub.action.recorded.v1"):
    """Something was done in hub."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = action_examples("account.create", "account")


class HubSeenV1(ComponentSeen, subject="hub.component.seen.v1"):
    """A hub process is alive."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = seen_examples("hub")
