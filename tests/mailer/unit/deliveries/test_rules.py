"""When a delivery starts, why it waits, how fast it is, and what controls do to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from common.contracts.lui import TrackingPlanV1
from common.contracts.mailer import DeliveryState, EnvelopeState
from mailer.deliveries import rules

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LINK = {"number": 1, "part": "html", "url": "https://a.test/"}
D = DeliveryState


@pytest.mark.parametrize(
    ("level", "opens", "links", "needed"),
    [
        ("off", True, [LINK], False),
        ("blind", False, [], False),
        ("blind", True, [], True),
        ("personal", False, [LINK], True),
    ],
)
def test_the_tracker_is_waited_for_only_when_something_is_tracked(
    level: str, *, opens: bool, links: list[Any], needed: bool
) -> None:
    plan = TrackingPlanV1.model_validate({"level": level, "opens": opens, "links": links})
    assert rules.needs_barrier(plan) is needed


def a_readiness(**changes: Any) -> rules.Readiness:
    said = {"is_pulled": True, "pull_problem": None, "waits_for_tracker": False, "not_before": NOW, "is_held": False}
    return rules.Readiness(**{**said, **changes})


def test_what_a_delivery_waits_for_is_said_in_order() -> None:
    assert rules.waits_for(a_readiness(), NOW) is None
    assert rules.waits_for(a_readiness(is_pulled=False), NOW) == "the recipients are being fetched"
    assert rules.waits_for(a_readiness(is_pulled=False, pull_problem="lui is away"), NOW) == "lui is away"
    assert rules.waits_for(a_readiness(waits_for_tracker=True), NOW) == "the tracker has not loaded the links yet"
    later = a_readiness(not_before=NOW + timedelta(hours=1))
    assert rules.waits_for(later, NOW) == "it starts at 2026-11-22 10:00 UTC"


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("pause", D.RUNNING, D.PAUSED),
        ("resume", D.PAUSED, D.RUNNING),
        ("cancel", D.PREPARING, D.CANCELLED),
        ("cancel", D.RUNNING, D.CANCELLED),
        ("cancel", D.PAUSED, D.CANCELLED),
        ("pause", D.PREPARING, D.PREPARING),
        ("resume", D.CANCELLED, D.CANCELLED),
        ("cancel", D.FINISHED, D.FINISHED),
    ],
)
def test_controls_do_what_they_say_and_nothing_where_they_mean_nothing(
    action: str, before: DeliveryState, after: DeliveryState
) -> None:
    assert rules.state_after(action, before) is after


def test_a_quiet_delivery_says_why() -> None:
    s = EnvelopeState
    assert rules.why_quiet({s.QUEUED: 1, s.DEFERRED: 5}) is None
    assert rules.why_quiet({s.SENDING: 1}) is None
    assert "tried again" in (rules.why_quiet({s.SENT: 3, s.DEFERRED: 5}) or "")
    assert "no answer" in (rules.why_quiet({s.SENT: 3, s.IN_DOUBT: 1}) or "")
    assert rules.why_quiet({s.SENT: 3}) is None


def test_the_pace_is_smoothed_and_gives_an_end() -> None:
    s = EnvelopeState
    counts = {s.SENT: 100, s.QUEUED: 900}
    assert rules.pace(None, counts, NOW) == rules.Pace(100, 0.0, None)
    first = rules.pace((0, 0.0, NOW - timedelta(seconds=10)), counts, NOW)
    assert first == rules.Pace(100, 10.0, NOW + timedelta(seconds=90))
    second = rules.pace((50, 10.0, NOW - timedelta(seconds=1)), counts, NOW)
    assert second.rate_per_second == pytest.approx(22.0)
    assert rules.pace((100, 0.0, NOW - timedelta(seconds=1)), counts, NOW).expected_end is None
    assert rules.pace((100, 5.0, NOW), counts, NOW).rate_per_second == 5.0
