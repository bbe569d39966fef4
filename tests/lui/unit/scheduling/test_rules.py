from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.problem import Invalid
from lui.scheduling.rules import checked_schedule, is_over
from lui.scheduling.schemas import Schedule, ScheduleIn

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def checked(**asked: Any) -> Schedule:
    return checked_schedule(ScheduleIn(**{"mode": "at", "time_zone": "Europe/Berlin", **asked}), now=NOW)


def refusal(**asked: Any) -> tuple[str, str]:
    with pytest.raises(Invalid) as raised:
        checked(**asked)
    error = raised.value.facts["errors"][0]
    return error["pointer"], error["detail"]


@pytest.mark.parametrize("mode", ["immediate", "trigger"])
def test_without_a_time_there_is_nothing_due(mode: str) -> None:
    schedule = checked(mode=mode)
    assert (schedule.mode, schedule.due_at) == (mode, None)
    assert not is_over(schedule, now=NOW)


def test_a_local_time_is_an_instant() -> None:
    schedule = checked(at="2026-12-01T13:00")
    assert schedule.due_at == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert schedule.note is None


def test_without_a_zone_the_time_is_utc() -> None:
    assert checked(at="2026-12-01T13:00", time_zone=None).due_at == datetime(2026, 12, 1, 13, 0, tzinfo=UTC)


def test_a_time_with_its_own_offset_needs_no_zone() -> None:
    assert checked(at="2026-12-01T13:00-05:00").due_at == datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({}, "/at"),
        ({"at": "tomorrow"}, "/at"),
        ({"at": "2026-11-22T10:00"}, "/at"),
        ({"at": "2031-11-22T10:00"}, "/at"),
        ({"mode": "immediate", "at": "2026-12-01T13:00"}, "/at"),
        ({"at": "2026-12-01T13:00", "time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"at": "2026-12-01T13:00", "time_zone": "../../etc/passwd"}, "/time_zone"),
        ({"at": "2026-12-01T13:00", "time_zone": "Europe"}, "/time_zone"),
        ({"at": "2026-12-01T13:00", "repeat": {"every": 1, "unit": "day"}}, "/repeat"),
    ],
)
def test_what_cannot_be_is_pointed_at(asked: dict[str, Any], pointer: str) -> None:
    assert refusal(**asked)[0] == pointer


def test_an_hour_that_never_comes_is_named_with_its_neighbours() -> None:
    pointer, detail = refusal(at="2027-03-28T02:30")
    assert pointer == "/at"
    assert "02:30 does not exist in Europe/Berlin on 28 March 2027" in detail
    assert "by 60 minutes; take 01:30 or 03:30" in detail


def test_an_hour_that_comes_twice_means_the_first_and_says_so() -> None:
    schedule = checked(at="2027-10-31T02:30")
    assert schedule.due_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert schedule.note is not None
    assert "comes twice" in schedule.note
    assert "UTC+02:00" in schedule.note


def test_a_time_is_over_when_it_went_by() -> None:
    schedule = checked(at="2026-12-01T13:00")
    assert schedule.due_at is not None
    assert not is_over(schedule, now=schedule.due_at - timedelta(seconds=1))
    assert is_over(schedule, now=schedule.due_at)


@given(
    st.datetimes(min_value=NOW.replace(tzinfo=None, day=24), max_value=NOW.replace(tzinfo=None, year=2028)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_an_accepted_time_shows_on_the_clock_where_it_was_meant(at: datetime, name: str) -> None:
    try:
        schedule = checked(at=at.isoformat(), time_zone=name)
    except Invalid:
        shown = at.replace(tzinfo=ZoneInfo(name)).astimezone(UTC).astimezone(ZoneInfo(name))
        assert shown.replace(tzinfo=None) != at
    else:
        assert schedule.due_at is not None
        assert schedule.due_at.astimezone(ZoneInfo(name)).replace(tzinfo=None) == at
