"""What hub's settings allow a job to track."""

from typing import Any

import pytest

from common.contracts.lui import TrackingLevel
from lui.settings.rules import tracking_cap

LEVEL, ACTIONS = "tracking.highest_level", "tracking.actions_allowed"


def test_where_nobody_said_anything_every_level_is_allowed_and_no_cookie() -> None:
    cap = tracking_cap({}, {})
    assert all(cap.allows(level) for level in TrackingLevel)
    assert cap.actions_reason() == "This installation does not allow action tracking"


@pytest.mark.parametrize(
    ("installation", "group", "highest", "by"),
    [
        ("unique", None, "unique", "installation"),
        ("unique", "personal", "unique", "installation"),
        ("unique", "blind", "blind", "group"),
        (None, "off", "off", "group"),
    ],
)
def test_a_group_narrows_and_never_widens(installation: Any, group: Any, highest: str, by: str) -> None:
    cap = tracking_cap({LEVEL: installation}, {LEVEL: group})
    assert (cap.highest.value, cap.highest_by) == (highest, by)


def test_the_reason_names_who_allows_how_much() -> None:
    cap = tracking_cap({}, {LEVEL: "blind"})
    assert cap.level_reason(TrackingLevel.BLIND) is None
    assert cap.level_reason(TrackingLevel.UNIQUE) == "Your group allows tracking up to the level blind"


def test_a_level_of_a_newer_release_allows_nothing() -> None:
    assert tracking_cap({LEVEL: "household"}, {}).highest is TrackingLevel.OFF


def test_actions_need_the_word_of_both() -> None:
    assert tracking_cap({ACTIONS: True}, {}).actions
    assert not tracking_cap({ACTIONS: True}, {ACTIONS: False}).actions
    assert not tracking_cap({ACTIONS: False}, {ACTIONS: True}).actions
