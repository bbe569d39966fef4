"""Which days a period means, and when they begin."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from common.contracts.problem import Invalid
from lui.reports.rules.periods import bounds_of, days_of, last_of_month, zone_of
from lui.reports.schemas.query import PeriodIn

TODAY = date(2026, 11, 22)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, (None, None)),
        ({"last_days": 1}, (TODAY, TODAY)),
        ({"last_days": 30}, (date(2026, 10, 24), TODAY)),
        ({"month": "2024-02"}, (date(2024, 2, 1), date(2024, 2, 29))),
        ({"from": "2026-11-01"}, (date(2026, 11, 1), None)),
        ({"from": "2026-11-01", "to": "2026-11-01"}, (date(2026, 11, 1), date(2026, 11, 1))),
    ],
)
def test_a_period_is_said_in_one_of_three_ways(asked: dict[str, object], days: object) -> None:
    assert days_of(PeriodIn.model_validate(asked), today=TODAY) == days


@pytest.mark.parametrize(
    "asked",
    [
        {"last_days": 7, "month": "2026-11"},
        {"from": "2026-11-01", "last_days": 7},
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"last_days": 0},
        {"month": "2026-13"},
        {"until": "2026-11-01"},
    ],
)
def test_a_period_that_cannot_be_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PeriodIn.model_validate(asked)


def test_a_day_on_which_clocks_go_back_has_25_hours() -> None:
    day = date(2026, 10, 25)
    assert bounds_of((day, day), BERLIN) == (
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        datetime(2026, 10, 25, 23, tzinfo=UTC),
    )


@given(some.dates(date(1990, 1, 1), date(2100, 1, 1)), some.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]))
def test_days_follow_each_other_without_gap_or_overlap(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    _, end = bounds_of((day, day), zone)
    start, _ = bounds_of((day + timedelta(days=1), None), zone)
    assert start == end


@given(some.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_month_ends_before_the_first_of_the_next(day: date) -> None:
    last = last_of_month(day)
    assert (last.month, (last + timedelta(days=1)).day) == (day.month, 1)


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", ""])
def test_only_the_iana_database_knows_time_zones(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        zone_of(name)
    assert refused.value.facts["errors"][0]["pointer"] == "/time_zone"
