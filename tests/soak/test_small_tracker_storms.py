"""The storms over the tracker, small enough for every run of the suite."""

import pytest

from tests.soak import tracker_alone, tracker_forgery, tracker_killing
from tests.soak.result import Result

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


def good(result: Result) -> None:
    assert result.wrong == [], result.numbers


def test_answered_is_recorded_once_however_often_tracker_and_nats_are_killed() -> None:
    good(tracker_killing.tracker_kills(3_000, 2))


def test_links_lead_on_without_anybody_and_are_counted_when_they_are_back() -> None:
    # How quick an answer is can only be told on a machine that does nothing else: `make soak`.
    good(tracker_alone.without_anybody(4, 300, None))


def test_a_backlog_is_drained_and_counted_exactly() -> None:
    good(tracker_alone.drained(6_000))


def test_forged_tokens_find_nothing() -> None:
    good(tracker_forgery.forged(50_000))
