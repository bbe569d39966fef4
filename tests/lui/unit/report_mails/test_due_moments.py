"""When a report mail is due: once for every day, week or month of its own calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.problem import Invalid
from lui.report_mails.rules import (
    MOST_TRIES,
    Schedule,
    checked_addresses,
    following,
    is_late,
    latest,
    require_time_zone,
    retry_at,
    state_of,
)

BERLIN = "Europe/Berlin"
DAILY = Schedule("day", "07:00", BERLIN, 1, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_day_at_the_local_time_whatever_clocks_do() -> None:
    # Clocks go forward on 29 March 2026 and back on 25 October.
    assert following(DAILY, at("2026-03-28T12:00")) == at("2026-03-29T05:00")
    assert following(DAILY, at("2026-03-27T12:00")) == at("2026-03-28T06:00")
    assert following(DAILY, at("2026-10-24T12:00")) == at("2026-10-25T06:00")


def test_an_hour_that_clocks_skip_comes_as_much_later_and_once() -> None:
    skipped = Schedule("day", "02:30", BERLIN, 1, 1)
    first = following(skipped, at("2026-03-28T12:00"))
    assert first == at("2026-03-29T01:30")
    assert following(skipped, first) == at("2026-03-30T00:30")


def test_an_hour_that_comes_twice_counts_once() -> None:
    twice = Schedule("day", "02:30", BERLIN, 1, 1)
    first = following(twice, at("2026-10-24T12:00"))
    assert first == at("2026-10-25T00:30")
    assert following(twice, first) == at("2026-10-26T01:30")


def test_every_week_on_its_day() -> None:
    fridays = Schedule("week", "07:00", BERLIN, 5, 1)
    assert following(fridays, at("2026-11-22T12:00")) == at("2026-11-27T06:00")


@pytest.mark.parametrize(
    ("after", "due"), [("2027-01-31T12:00", "2027-02-28T06:00"), ("2028-02-01T00:00", "2028-02-29T06:00")]
)
def test_a_day_that_a_month_does_not_have_is_its_last(after: str, due: str) -> None:
    assert following(Schedule("month", "07:00", BERLIN, 1, 31), at(after)) == at(due)


def test_of_several_that_were_missed_it_is_the_last_one() -> None:
    assert latest(DAILY, at("2026-11-22T05:59")) == at("2026-11-21T06:00")
    assert latest(DAILY, at("2026-11-22T06:00")) == at("2026-11-22T06:00")


schedules = st.builds(
    Schedule,
    st.sampled_from(["day", "week", "month"]),
    st.times().map(lambda time: f"{time:%H:%M}"),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Asia/Kathmandu"]),
    st.integers(1, 7),
    st.integers(1, 31),
)
instants = st.datetimes(datetime(2011, 12, 1), datetime(2040, 1, 1)).map(lambda found: found.replace(tzinfo=UTC))  # noqa: DTZ001


@given(schedules, instants)
def test_due_moments_follow_each_other_and_none_is_between_two(schedule: Schedule, now: datetime) -> None:
    last, coming = latest(schedule, now), following(schedule, now)
    assert last <= now < coming
    assert following(schedule, last) == coming
    assert latest(schedule, coming) == coming
    if schedule.every == "day":
        zone = ZoneInfo(schedule.time_zone)
        days = coming.astimezone(zone).date() - last.astimezone(zone).date()
        # Samoa has no 30 December 2011.
        assert days <= timedelta(days=2 if schedule.time_zone == "Pacific/Apia" else 1)


def test_a_time_zone_that_is_none_is_pointed_at() -> None:
    with pytest.raises(Invalid):
        require_time_zone("Europe/Nowhere")
    with pytest.raises(Invalid):
        require_time_zone("../../etc/passwd")


def test_addresses_are_ready_to_be_written_to_and_each_is_there_once() -> None:
    assert checked_addresses(["ada@example.org ", "ADA@example.org", "bob@exämple.org"]) == [
        "ada@example.org",
        "bob@xn--exmple-cua.org",
    ]
    with pytest.raises(Invalid) as raised:
        checked_addresses(["ada@example.org", "nobody", "a@b.org\nBcc: x@y.org"])
    assert [error["pointer"] for error in raised.value.facts["errors"]] == ["/addresses/1", "/addresses/2"]


def test_waits_grow_and_end() -> None:
    now = at("2026-11-22T09:00")
    waits = [retry_at(tries, now) for tries in (1, 2, 3, 4, MOST_TRIES - 1)]
    assert [wait - now for wait in waits if wait] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 30)]
    assert retry_at(MOST_TRIES, now) is None


def test_only_what_is_really_late_says_so() -> None:
    due = at("2026-11-22T09:00")
    assert not is_late(due, due + timedelta(minutes=59))
    assert is_late(due, due + timedelta(minutes=61))


@pytest.mark.parametrize(
    ("counts", "is_settled", "state"),
    [
        ({}, False, "sending"),
        ({"deferred": 1, "sent": 1}, False, "sending"),
        ({"sent": 2}, True, "sent"),
        ({"sent": 1, "refused": 1}, True, "partly"),
        ({"refused": 1}, True, "failed"),
        ({}, True, "failed"),
    ],
)
def test_how_a_mail_went_is_one_word(counts: dict[str, int], *, is_settled: bool, state: str) -> None:
    assert state_of(counts, is_settled=is_settled, problem="no" if is_settled and not counts else None) == state
