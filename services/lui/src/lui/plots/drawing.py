"""Plots by matplotlib. Only the process that draws imports this."""

import io
from datetime import datetime
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from lui.plots import rules
from lui.plots.schemas import BarPlot, CurvePlot, Picture, Plot
from lui.plots.svg import finished

_WIDTH: Final = 640.0
"""Pixels, at 96 to the inch; heights too."""
_INCH: Final = 96.0
_SIZE: Final = 9.0
"""Points."""
_SIDE, _RIGHT, _TITLE_ROOM, _LEGEND_ROW, _FOOT_ROW, _GAP = 16.0, 30.0, 38.0, 20.0, 16.0, 12.0
_KEY, _BETWEEN_KEYS = 14.0, 18.0
_INK, _DIM, _RULE = "#212529", "#586069", "#e6eaea"
_FEW_POINTS = 40
_FEW_BARS = 5
_FOOT_CHARACTERS = 104
_NOTHING = "Nothing was recorded in this period."

mpl.rcParams.update(
    {
        "font.family": "DejaVu Sans",
        "font.size": _SIZE,
        "text.parse_math": False,  # a title with two dollar signs is no formula
        "svg.fonttype": "none",
        "svg.hashsalt": "plots",
        "axes.unicode_minus": False,
    }
)


def draw(plot: Plot, picture: Picture) -> bytes:
    """The picture: white, 640 pixels wide as it is meant to be shown, as high as it needs to be."""
    sheet = _Sheet(plot)
    if isinstance(plot, BarPlot):
        _draw_bars(sheet, plot)
    else:
        _draw_curves(sheet, plot)
    octets = io.BytesIO()
    if picture == "png":
        FigureCanvasAgg(sheet.figure)
        sheet.figure.savefig(octets, format="png", dpi=2 * _INCH, metadata={"Software": None})
        return octets.getvalue()
    FigureCanvasSVG(sheet.figure)
    sheet.figure.savefig(octets, format="svg", metadata={"Date": None, "Creator": None})
    return finished(octets.getvalue().decode(), rules.title_of(plot), " ".join(sheet.foot))


class _Sheet:
    """Title above, foot below, and the axes between: laid out in pixels, since the text is what needs the room."""

    def __init__(self, plot: Plot) -> None:
        self.foot = [line for each in rules.foot_lines(plot) for line in _wrapped(each)]
        self.title = _wrapped(rules.title_of(plot), 62)
        self.legend = _legend_rows(plot) if isinstance(plot, CurvePlot) else []
        self._above = _TITLE_ROOM + 18.0 * (len(self.title) - 1) + _LEGEND_ROW * len(self.legend) + _GAP
        self._below = _FOOT_ROW * len(self.foot) + _GAP
        body = 26.0 * max(len(plot.bars), 3) + 8.0 if isinstance(plot, BarPlot) else 250.0
        self.height = self._above + body + self._below
        self.figure = Figure(figsize=(_WIDTH / _INCH, self.height / _INCH), dpi=_INCH, facecolor="white")
        self._write_around()

    def axes(self, *, left: float, below: float) -> Axes:
        """Axes with room for their labels: `left` and `below` pixels."""
        bottom = self._below + below
        box = (left, bottom, _WIDTH - left - _RIGHT, self.height - self._above - bottom)
        axes = self.figure.add_axes((box[0] / _WIDTH, box[1] / self.height, box[2] / _WIDTH, box[3] / self.height))
        for name in ("top", "right", "left"):
            axes.spines[name].set_visible(False)
        axes.spines["bottom"].set_color(_RULE)
        axes.tick_params(length=0, colors=_DIM, pad=6)
        axes.set_axisbelow(True)
        return axes

    def write(self, x: float, from_top: float, text: str, **looks: Any) -> None:
        """Text with its top left corner there."""
        self.figure.text(x / _WIDTH, 1 - from_top / self.height, text, va="top", **looks)

    def say_nothing(self, axes: Axes) -> None:
        """There is nothing to show."""
        axes.text(0.5, 0.5, _NOTHING, transform=axes.transAxes, ha="center", va="center", color=_DIM)

    def _write_around(self) -> None:
        for number, line in enumerate(self.title):
            self.write(_SIDE, 12.0 + 18.0 * number, line, fontsize=11.5, fontweight="bold", color=_INK)
        for row, names in enumerate(self.legend):
            self._write_legend_row(row, names)
        for number, line in enumerate(self.foot):
            from_top = self.height - self._below + _GAP / 2 + _FOOT_ROW * number
            self.write(_SIDE, from_top, line, fontsize=8.0, color=_DIM)

    def _write_legend_row(self, row: int, names: list[tuple[str, str]]) -> None:
        from_top = _TITLE_ROOM + 18.0 * (len(self.title) - 1) + _LEGEND_ROW * row
        x = _SIDE
        for name, color in names:
            self.write(x, from_top, "■", fontsize=_SIZE, color=color)
            self.write(x + _KEY, from_top, name, fontsize=_SIZE, color=_INK)
            x += _KEY + _width(name) + _BETWEEN_KEYS


def _width(text: str) -> float:
    """Pixels that a text of the usual size takes."""
    points, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=_SIZE), ismath=False)
    return float(points) * _INCH / 72.0


def _legend_rows(plot: CurvePlot) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = []
    used = 0.0
    for position, curve in enumerate(plot.curves):
        name = rules.name_of(curve)
        room = _KEY + _width(name) + _BETWEEN_KEYS
        if not rows or used + room > _WIDTH - 2 * _SIDE:
            rows.append([])
            used = 0.0
        rows[-1].append((name, rules.color_of(curve, position)))
        used += room
    return rows


def _wrapped(text: str, most: int = _FOOT_CHARACTERS) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        pieces = [word[at : at + most] for at in range(0, len(word), most)] or [""]
        for piece in pieces:
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > most:
                lines.append(piece)
            else:
                lines[-1] = f"{lines[-1]} {piece}" if lines[-1] else piece
    return lines


def _count(value: float, _position: int | None = None) -> str:
    return f"{value:,.0f}"


def _draw_curves(sheet: _Sheet, plot: CurvePlot) -> None:
    starts = rules.starts_of(plot)
    most = max((count for curve in plot.curves for _, count in curve.points), default=0)
    axes = sheet.axes(left=28.0 + _width(_count(most * 1.2)), below=40.0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=2))
    axes.yaxis.set_major_formatter(FuncFormatter(_count))
    axes.grid(visible=True, axis="y", color=_RULE, linewidth=1.0)
    axes.set_ylim(0, most * 1.08 if most else 1)
    written = rules.labels(plot, starts)
    axes.set_xticks([at.timestamp() for at, _ in written], [text for _, text in written])
    if not starts:
        sheet.say_nothing(axes)
        return
    width = rules.width_seconds(starts)
    if plot.shape == "bars":
        _put_bars(axes, plot, width)
        # A single bar is not as wide as the picture.
        margin = width * max(0.6, (_FEW_BARS - len(starts)) / 2 + 0.6)
    else:
        _put_lines(axes, plot, len(starts))
        margin = width * 0.25
    axes.set_xlim(starts[0].timestamp() - margin, starts[-1].timestamp() + margin)


def _put_lines(axes: Axes, plot: CurvePlot, count: int) -> None:
    marker = "o" if count <= _FEW_POINTS else ""
    for position, curve in enumerate(plot.curves):
        color = rules.color_of(curve, position)
        points = sorted(curve.points)
        axes.plot(
            [at.timestamp() for at, _ in points],
            [value for _, value in points],
            color=color,
            linewidth=1.8,
            marker=marker,
            markersize=3.5,
            solid_capstyle="round",
            clip_on=False,
        )


def _put_bars(axes: Axes, plot: CurvePlot, width: float) -> None:
    each = 0.8 * width / len(plot.curves)
    for position, curve in enumerate(plot.curves):
        offset = (position - (len(plot.curves) - 1) / 2) * each
        axes.bar(
            [_moved(at, offset) for at, _ in curve.points],
            [value for _, value in curve.points],
            width=each * 0.92,
            color=rules.color_of(curve, position),
        )


def _moved(at: datetime, seconds: float) -> float:
    return at.timestamp() + seconds


def _draw_bars(sheet: _Sheet, plot: BarPlot) -> None:
    names = [rules.name_of(bar) for bar in plot.bars]
    most = max((bar.value for bar in plot.bars), default=0)
    axes = sheet.axes(left=24.0 + max((_width(name) for name in names), default=0.0), below=4.0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", colors=_INK)
    axes.set_ylim(max(len(names), 3) - 0.5, -0.5)
    # The number stands behind its bar.
    axes.set_xlim(0, (most or 1) * (1.06 + 0.025 * len(_count(most))))
    if not plot.bars:
        sheet.say_nothing(axes)
        return
    colors = [rules.color_of(bar, position) for position, bar in enumerate(plot.bars)]
    values = [bar.value for bar in plot.bars]
    axes.barh(range(len(values)), values, height=0.62, color=colors)
    for position, value in enumerate(values):
        axes.annotate(
            _count(value), (value, position), xytext=(5, 0), textcoords="offset points", va="center", color=_INK
        )
