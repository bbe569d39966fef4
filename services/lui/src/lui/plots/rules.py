"""What fits into a picture, and how it is said there."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from common.contracts.problem import Invalid
from lui.plots.schemas import Bar, BarPlot, Curve, CurvePlot, Plot

MAX_CURVES = 12
MAX_POINTS = 5_000
MAX_BARS = 60
MAX_NOTES = 6
PALETTE = (
    "#0f6b70",
    "#c25e00",
    "#6741d9",
    "#2f7d32",
    "#b3261e",
    "#1f5fbf",
    "#8a6d00",
    "#a8327d",
    "#4b5563",
    "#0b8f6a",
    "#7a3e12",
    "#3d3d9e",
)
"""The first four are those of the application's charts; each has 4.5:1 on white."""
MOST_LABELS = 7
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TITLE, _NAME, _NOTE = 120, 40, 240


def require_drawable(plot: Plot) -> None:
    """Raises Invalid when there is more than a picture can show."""
    if isinstance(plot, BarPlot):
        if len(plot.bars) > MAX_BARS:
            raise Invalid(("", f"a plot shows {MAX_BARS} bars at most; download the numbers as a table instead"))
        return
    if len(plot.curves) > MAX_CURVES:
        raise Invalid(("", f"a plot shows {MAX_CURVES} lines at most"))
    if sum(len(curve.points) for curve in plot.curves) > MAX_POINTS:
        raise Invalid(("", f"a plot shows {MAX_POINTS:,} points at most; choose a longer interval"))


def shown(text: str, most: int) -> str:
    """A text on one line, without characters that a picture cannot hold, at most so long."""
    kept = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in text)
    line = " ".join(kept.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def title_of(plot: Plot) -> str:
    """The heading; cut when it does not fit."""
    return shown(plot.title, _TITLE)


def name_of(part: Curve | Bar) -> str:
    """What stands beside a line or bar."""
    return shown(part.name, _NAME)


def color_of(part: Curve | Bar, position: int) -> str:
    """Its own colour, or the palette's."""
    wanted = part.color or ""
    return wanted.lower() if _COLOR.fullmatch(wanted) else PALETTE[position % len(PALETTE)]


def foot_lines(plot: Plot) -> list[str]:
    """When it was so, by which clock, and what a reader must know."""
    at = plot.as_of.astimezone(ZoneInfo(plot.time_zone))
    stand = f"As of {at.day} {at:%B %Y, %H:%M} ({plot.time_zone})"
    notes = [shown(note, _NOTE) for note in plot.notes[:MAX_NOTES]]
    left_out = len(plot.notes) - len(notes)
    return [stand, *notes, *([f"… and {left_out} more notes"] if left_out else [])]


def starts_of(plot: CurvePlot) -> list[datetime]:
    """Every interval of any curve, in order, by the clock of the plot."""
    zone = ZoneInfo(plot.time_zone)
    return [each.astimezone(zone) for each in sorted({at for curve in plot.curves for at, _ in curve.points})]


def labels(plot: CurvePlot, starts: Sequence[datetime]) -> list[tuple[datetime, str]]:
    """Where something is written below the time axis, and what; never so much that it overlaps."""
    step = -(-len(starts) // MOST_LABELS) if starts else 1
    if plot.interval == "hour" and step > 1:
        # Rather at midnight and noon than at seven and at two.
        step = next((even for even in (2, 3, 6, 12, 24) if even >= step), -(-step // 24) * 24)
        first = next((number for number, at in enumerate(starts) if at.hour % min(step, 24) == 0), 0)
    else:
        first = 0
    return [(at, _label(plot, at)) for at in starts[first::step]]


def _label(plot: CurvePlot, at: datetime) -> str:
    if plot.interval == "month":
        return f"{at:%b %Y}"
    day = f"{at.day} {at:%b}"
    return f"{day}\n{at:%H:%M}" if plot.interval == "hour" else f"{day}\n{at:%Y}"


def width_seconds(starts: Sequence[datetime]) -> float:
    """The room one interval has."""
    return min((later.timestamp() - earlier.timestamp() for earlier, later in pairwise(starts)), default=3_600.0)
