"""Which days a period means, and the instants at which they begin and end in a time zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from common.contracts.problem import Invalid


class Period(Protocol):
    """A period as it is asked for, in one way only."""

    from_: date | None
    to: date | None
    last_days: int | None
    month: str | None


Days = tuple[date | None, date | None]
"""First and last day, both included; None is open."""


def zone_of(name: str) -> ZoneInfo:
    """Raises Invalid unless `name` is an IANA time zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        detail = "this is not the IANA name of a time zone, such as Europe/Berlin"
        raise Invalid(("/time_zone", detail)) from error


def days_of(period: Period, *, today: date) -> Days:
    """The days of a period; `today` is the date where the reader is."""
    if period.last_days is not None:
        return today - timedelta(days=period.last_days - 1), today
    if period.month is not None:
        first = date.fromisoformat(f"{period.month}-01")
        return first, last_of_month(first)
    return period.from_, period.to


def last_of_month(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def bounds_of(days: Days, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The instant the first day begins, and the one at which the last day is over, whatever clocks do between them."""
    first, last = days
    return (
        None if first is None else midnight(first, zone),
        None if last is None or last == date.max else midnight(last + timedelta(days=1), zone),
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant a local day begins."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError as error:
        raise Invalid(("/period", "the calendar does not reach that far")) from error
