"""Which months the trail keeps partitions ready for."""

from datetime import date, datetime

MONTHS_AHEAD = 3


def months_to_prepare(now: datetime) -> list[date]:
    """The first days of the present month and of the three after it."""
    first = now.year * 12 + now.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + MONTHS_AHEAD + 1)]
