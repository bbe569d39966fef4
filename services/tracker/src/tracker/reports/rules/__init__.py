"""Intervals of local time, and which counter answers which question."""

from tracker.reports.rules.intervals import (
    MAX_POINTS,
    Interval,
    TooManyPoints,
    UnknownTimeZone,
    add_up,
    is_aligned,
    next_start,
    start_of,
    zone_of,
)

__all__ = [
    "MAX_POINTS",
    "Interval",
    "TooManyPoints",
    "UnknownTimeZone",
    "add_up",
    "is_aligned",
    "next_start",
    "start_of",
    "zone_of",
]
