"""What stands on which day, and how many messages were taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from common.contracts.mailer import EnvelopeState
from lui.dashboard.schemas import CalendarDayOut, CalendarJobOut

_TAKEN = (EnvelopeState.SENT, EnvelopeState.BOUNCED, EnvelopeState.COMPLAINED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery, or a job that is due."""

    job_id: str
    title: str
    at: datetime
    finished_at: datetime | None
    is_due: bool = False

    @property
    def kind(self) -> Literal["delivered", "running", "scheduled"]:
        """What it is."""
        if self.is_due:
            return "scheduled"
        return "running" if self.finished_at is None else "delivered"


def taken(counts: Mapping[EnvelopeState, int]) -> int:
    """Messages that a receiving server took, also those that came back later."""
    return sum(counts[state] for state in _TAKEN)


def calendar(entries: Iterable[Entry], month: date, zone: ZoneInfo) -> list[CalendarDayOut]:
    """The days of a month on which something was, is or will be sent, in order."""
    days: dict[date, list[CalendarJobOut]] = {}
    for entry in sorted(entries, key=lambda each: (each.at, each.job_id)):
        day = entry.at.astimezone(zone).date()
        if (day.year, day.month) == (month.year, month.month):
            shown = CalendarJobOut(id=entry.job_id, title=entry.title, at=entry.at, kind=entry.kind)
            days.setdefault(day, []).append(shown)
    return [CalendarDayOut(day=day, jobs=days[day]) for day in sorted(days)]
