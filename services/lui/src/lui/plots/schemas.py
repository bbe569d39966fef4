"""What is drawn, in words of drawing: nothing here knows of reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Picture = Literal["svg", "png"]


@dataclass(frozen=True)
class Curve:
    """Counts over time."""

    name: str
    color: str | None
    """`#rrggbb`; None takes the next colour of the palette."""
    points: tuple[tuple[datetime, int], ...]
    """The start of each interval, and the count in it."""


@dataclass(frozen=True)
class CurvePlot:
    """Curves over the same time."""

    title: str
    curves: tuple[Curve, ...]
    interval: Literal["hour", "day", "week", "month"]
    time_zone: str
    as_of: datetime
    notes: tuple[str, ...] = ()
    shape: Literal["lines", "bars"] = "lines"


@dataclass(frozen=True)
class Bar:
    """One count."""

    name: str
    color: str | None
    value: int


@dataclass(frozen=True)
class BarPlot:
    """Counts side by side."""

    title: str
    bars: tuple[Bar, ...]
    time_zone: str
    as_of: datetime
    notes: tuple[str, ...] = ()


Plot = CurvePlot | BarPlot
