"""Intervals of local time, and reactions added up in them: whatever clocks do in a zone, nothing is lost or doubled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_POINTS = 20_000
"""Points of one series; more than two years of hours."""

_HOUR = timedelta(hours=1)
_QUARTER = timedelta(minutes=15)


class Interval(StrEnum):
    """Width of a report's points, by local time."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class UnknownTimeZone(ValueError):
    """A name is not in the IANA time zone database."""


class TooManyPoints(ValueError):
    """The interval is too fine for the period."""


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownTimeZone(name) from error


def start_of(instant: datetime, interval: Interval, zone: ZoneInfo) -> datetime:
    """Start (UTC) of the interval an instant lies in. Weeks begin on Monday."""
    local = instant.astimezone(zone)
    if interval is Interval.HOUR:
        # `fold` stays: an hour that comes twice is two hours.
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    return _midnight(_first_day(local.date(), interval), zone)


def next_start(start: datetime, interval: Interval, zone: ZoneInfo) -> datetime:
    """Start (UTC) of the interval that follows the one starting at `start`."""
    if interval is Interval.HOUR:
        later = start + _HOUR
        # Where clocks move by half an hour, one local hour is longer than the others.
        while (found := start_of(later, interval, zone)) <= start:
            later += _QUARTER
        return found
    return _midnight(_next_day(start.astimezone(zone).date(), interval), zone)


def add_up(
    counted: Iterable[tuple[datetime, str, int]], names: Sequence[str], interval: Interval, zone: ZoneInfo
) -> dict[str, list[tuple[datetime, int]]]:
    """Series by name, as (start in UTC, count), with zeros between the first and the last interval of all of them.

    `counted` holds (start of a tally's period, name of the series, count). Raises TooManyPoints.
    """
    sums: dict[str, Counter[datetime]] = {name: Counter() for name in names}
    for at, name, count in counted:
        sums[name][start_of(at, interval, zone)] += count
    starts = sorted({start for series in sums.values() for start in series})
    axis = list(_axis(starts[0], starts[-1], interval, zone)) if starts else []
    return {name: [(start, series[start]) for start in axis] for name, series in sums.items()}


def is_aligned(instants: Iterable[datetime], zone: ZoneInfo) -> bool:
    """Whether hours of UTC are hours of the zone at all of these instants."""
    return all((instant.astimezone(zone).utcoffset() or timedelta()) % _HOUR == timedelta() for instant in instants)


def _axis(first: datetime, last: datetime, interval: Interval, zone: ZoneInfo) -> Iterator[datetime]:
    start, made = first, 0
    while start <= last:
        made += 1
        if made > MAX_POINTS:
            raise TooManyPoints(f"more than {MAX_POINTS} points")
        yield start
        start = next_start(start, interval, zone)


def _first_day(day: date, interval: Interval) -> date:
    if interval is Interval.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if interval is Interval.MONTH else day


def _next_day(day: date, interval: Interval) -> date:
    if interval is Interval.DAY:
        return day + timedelta(days=1)
    if interval is Interval.WEEK:
        return day - timedelta(days=day.weekday()) + timedelta(days=7)
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # A midnight that does not exist is taken at the offset before the gap: the instant at which the day begins.
    return datetime.combine(day, time(), zone).astimezone(UTC)
