"""When a report mail is due: once for every day, week or month of its own calendar, whatever clocks do."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from common.contracts.problem import Invalid
from lui.audience.rules.addresses import NotAnAddress, address_key, checked_address
from lui.report_mails.schemas import Every, LastState

LATE = timedelta(hours=1)
"""Sent so long after it was due, a mail says for when it is."""
USELESS_AFTER = timedelta(days=1)
RETRY = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
MOST_TRIES = 24
"""Some twelve hours; then this due moment is given up and the next one comes."""
_LONGEST_GAP_DAYS = 40
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Schedule:
    """A local time, and on which days."""

    every: Every
    at: str
    time_zone: str
    weekday: int
    day: int


def as_every(word: str) -> Every:
    """As it is stored."""
    return "week" if word == "week" else "month" if word == "month" else "day"


def require_time_zone(name: str) -> None:
    """Raises Invalid unless `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        detail = "this is not the IANA name of a time zone, such as Europe/Berlin"
        raise Invalid(("/time_zone", detail)) from error


def checked_addresses(addresses: Sequence[str]) -> list[str]:
    """Each once, in their order, ready to be written to. Raises Invalid pointing at those that are none."""
    checked: dict[str, str] = {}
    wrong = []
    for number, address in enumerate(addresses):
        try:
            found = checked_address(address)
        except NotAnAddress as error:
            wrong.append((f"/addresses/{number}", str(error)))
        else:
            checked.setdefault(address_key(found), found)
    if wrong:
        raise Invalid(*wrong)
    return list(checked.values())


def following(schedule: Schedule, after: datetime) -> datetime:
    """The first due moment later than an instant."""
    day = after.astimezone(ZoneInfo(schedule.time_zone)).date() - _ONE_DAY
    return next(moment for moment in _moments(schedule, day, _ONE_DAY) if moment > after)


def latest(schedule: Schedule, now: datetime) -> datetime:
    """The last due moment that is not later than now."""
    day = now.astimezone(ZoneInfo(schedule.time_zone)).date() + _ONE_DAY
    return next(moment for moment in _moments(schedule, day, -_ONE_DAY) if moment <= now)


def _moments(schedule: Schedule, day: date, step: timedelta) -> Iterable[datetime]:
    zone, at = ZoneInfo(schedule.time_zone), time.fromisoformat(schedule.at)
    for number in range(2 * _LONGEST_GAP_DAYS):
        each = day + number * step
        if _is_due_on(schedule, each):
            # In a gap the reading before the change is as much later; of two readings it is the first (PEP 495).
            yield datetime.combine(each, at, zone).replace(fold=0).astimezone(UTC)


def _is_due_on(schedule: Schedule, day: date) -> bool:
    if schedule.every == "week":
        return day.isoweekday() == schedule.weekday
    if schedule.every == "month":
        return day.day == min(schedule.day, monthrange(day.year, day.month)[1])
    return True


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a mail has to say for when it is."""
    return now - due_at > LATE


def retry_at(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when this due moment is given up."""
    return None if tries >= MOST_TRIES else now + RETRY[min(max(tries, 1), len(RETRY)) - 1]


def state_of(counts: dict[str, int], *, is_settled: bool, problem: str | None) -> LastState:
    """How a mail went, in one word."""
    if not is_settled:
        return "sending"
    sent = counts.get("sent", 0)
    if sent and sent == sum(counts.values()):
        return "sent"
    return "partly" if sent else ("failed" if problem or counts else "sending")
