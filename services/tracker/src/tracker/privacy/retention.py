"""How long what was recorded is kept: reactions one by one and what is known of single recipients. Counters stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from common.contracts.lui import TrackingLevel

TRACKING_LEVELS = tuple(level for level in TrackingLevel if level is not TrackingLevel.OFF)


@dataclass(frozen=True, slots=True)
class Retention:
    """Months, by level."""

    months: Mapping[TrackingLevel, int]

    @classmethod
    def of(cls, *, blind: int, unique: int, anonymous: int, personal: int) -> "Retention":
        """One number a level."""
        levels = (TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS, TrackingLevel.PERSONAL)
        return cls(MappingProxyType(dict(zip(levels, (blind, unique, anonymous, personal), strict=True))))

    def before(self, level: TrackingLevel, now: datetime) -> datetime:
        """What was recorded earlier than this is over its time."""
        return months_ago(now, self.months[level])

    def last_month(self, now: datetime) -> date:
        """The newest month of which nothing is kept at any level."""
        begun = months_ago(now, max(self.months.values()))
        return months_ago(begun.replace(day=1), 1).date()


def months_ago(now: datetime, months: int) -> datetime:
    """The same day of the month and time, that many months earlier; the last day where a month has no such day."""
    index = now.year * 12 + now.month - 1 - months
    year, month = index // 12, index % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last_day = (following - date(year, month, 1)).days
    return now.replace(year=year, month=month, day=min(now.day, last_day))
