from datetime import UTC, date, datetime

import pytest

from common.contracts.lui import TrackingLevel
from tracker.privacy.retention import Retention, months_ago
from tracker.privacy.service import describe_levels

HOUR = "the hour (UTC); once it is over, nothing of the order within it"
RETENTION = Retention.of(blind=25, unique=24, anonymous=12, personal=13)
LAST_OF_MARCH = datetime(2028, 3, 31, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("months", "then"), [(1, (2028, 2, 29)), (13, (2027, 2, 28)), (3, (2027, 12, 31)), (4, (2027, 11, 30))]
)
def test_months_ago_is_the_same_day_or_the_last_of_a_month_without_it(months: int, then: tuple[int, int, int]) -> None:
    assert months_ago(LAST_OF_MARCH, months) == datetime(*then, 9, 30, tzinfo=UTC)


def test_a_month_goes_as_a_whole_when_no_level_keeps_anything_of_it() -> None:
    assert RETENTION.last_month(LAST_OF_MARCH) == date(2026, 1, 1)
    assert RETENTION.before(TrackingLevel.BLIND, LAST_OF_MARCH) == datetime(2026, 2, 28, 9, 30, tzinfo=UTC)


def test_each_level_says_what_the_rules_do() -> None:
    told = {each.level: each for each in describe_levels(RETENTION)}
    stored = {level: {each.what: each.kept for each in told[level].stored} for level in told}

    assert list(told) == list(TrackingLevel)
    assert told[TrackingLevel.OFF].stored == []
    assert stored[TrackingLevel.BLIND]["who"].startswith("nobody")
    assert {stored[level]["when"] for level in stored if stored[level]} == {HOUR, "the millisecond"}
    assert stored[TrackingLevel.PERSONAL]["when"] == "the millisecond"
    assert "203.0.113.0/24" in stored[TrackingLevel.PERSONAL]["network"]
    assert {stored[level]["network"] for level in (TrackingLevel.BLIND, TrackingLevel.ANONYMOUS)} == {"nothing"}
    assert "256" in stored[TrackingLevel.PERSONAL]["program"]
    assert "family" in stored[TrackingLevel.UNIQUE]["program"]
    months = {level: {each.what: each.months for each in told[level].kept_for} for level in told}
    assert months[TrackingLevel.PERSONAL] == {"reactions": 13, "recipients": 13, "counters": None}
    assert months[TrackingLevel.BLIND] == {"reactions": 25, "recipients": 0, "counters": None}
    assert {level for level in told if told[level].reaction_source} == {TrackingLevel.PERSONAL}
    assert told[TrackingLevel.PERSONAL].without_consent is TrackingLevel.BLIND
