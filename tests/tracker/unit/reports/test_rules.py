from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tracker.reports.rules import (
    Interval,
    TooManyPoints,
    UnknownTimeZone,
    add_up,
    is_aligned,
    next_start,
    start_of,
    zone_of,
)

QUARTER = timedelta(minutes=15)
# Zones with what clocks do to people: half and quarter hours, midnights that are skipped or come twice, a lost day.
TRANSITIONS = {
    "Europe/Berlin": datetime(2026, 3, 29, 1, tzinfo=UTC),
    "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Asia/Kolkata": datetime(2026, 1, 1, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 1, 1, tzinfo=UTC),
    "America/Sao_Paulo": datetime(2017, 10, 15, 3, tzinfo=UTC),
    "America/Havana": datetime(2026, 11, 1, 5, tzinfo=UTC),
    "Africa/Cairo": datetime(2026, 4, 23, 22, tzinfo=UTC),
    "Atlantic/Azores": datetime(2026, 10, 25, 1, tzinfo=UTC),
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),
    "UTC": datetime(2026, 1, 1, tzinfo=UTC),
}
LABELS: dict[Interval, Callable[[datetime], object]] = {
    Interval.HOUR: lambda local: (local.date(), local.hour, local.utcoffset()),
    Interval.DAY: lambda local: local.date(),
    Interval.WEEK: lambda local: local.isocalendar()[:2],
    Interval.MONTH: lambda local: (local.year, local.month),
}


def walk(first: datetime, last: datetime, interval: Interval, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The oracle: every quarter of an hour, with the instant at which its label on the wall began."""
    label = LABELS[interval]
    at = first
    while label((at - QUARTER).astimezone(zone)) == label(first.astimezone(zone)):
        at -= QUARTER
    start, current = at, label(at.astimezone(zone))
    while at <= last:
        if (now := label(at.astimezone(zone))) != current:
            start, current = at, now
        if at >= first:
            yield at, start
        at += QUARTER


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("interval", list(Interval))
@settings(max_examples=8, deadline=None)
@given(steps=some.lists(some.integers(-4 * 24 * 20, 4 * 24 * 20), min_size=1, max_size=12))
def test_series_agree_with_a_walk_over_every_quarter_of_an_hour(
    name: str, interval: Interval, steps: list[int]
) -> None:
    zone = ZoneInfo(name)
    instants = sorted(TRANSITIONS[name] + step * QUARTER for step in steps)
    starts = dict(walk(instants[0], instants[-1], interval, zone))
    expected = Counter(starts[instant] for instant in instants)

    series = add_up([(instant, "opens", 1) for instant in instants], ["opens", "other"], interval, zone)

    assert series["opens"] == [(start, expected[start]) for start in sorted(set(starts.values()))]
    assert series["other"] == [(start, 0) for start, _ in series["opens"]]


def test_the_longest_day_has_twenty_five_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    day = start_of(datetime(2026, 10, 25, 12, tzinfo=UTC), Interval.DAY, zone)

    assert next_start(day, Interval.DAY, zone) - day == timedelta(hours=25)


def test_where_clocks_move_by_half_an_hour_no_interval_is_lost() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    at = datetime(2026, 4, 4, 12, tzinfo=UTC)
    starts = [start_of(at, Interval.HOUR, zone)]
    while starts[-1] < at + timedelta(hours=8):
        starts.append(next_start(starts[-1], Interval.HOUR, zone))

    widths = {after - before for before, after in pairwise(starts)}
    assert widths == {timedelta(hours=1), timedelta(minutes=90)}


def test_too_fine_an_interval_is_refused() -> None:
    far = [(datetime(2020, 1, 1, tzinfo=UTC), "opens", 1), (datetime(2026, 1, 1, tzinfo=UTC), "opens", 1)]

    with pytest.raises(TooManyPoints):
        add_up(far, ["opens"], Interval.HOUR, ZoneInfo("UTC"))


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "a\0b", "Europe"])
def test_what_is_not_a_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownTimeZone):
        zone_of(name)


def test_half_hour_zones_are_known_as_such() -> None:
    at = [datetime(2026, 1, 1, tzinfo=UTC)]

    assert is_aligned(at, ZoneInfo("Europe/Berlin"))
    assert not is_aligned(at, ZoneInfo("Asia/Kolkata"))


def test_nothing_counted_makes_empty_series() -> None:
    assert add_up([], ["opens"], Interval.DAY, ZoneInfo("UTC")) == {"opens": []}
