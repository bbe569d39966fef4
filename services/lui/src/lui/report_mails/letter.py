"""What a report mail says: the numbers as text and as a table, the plot, and where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from lui.report_mails.schemas import Every
from lui.reports.schemas.query import Cell, ReportResultOut

PLOT_ID = "plot"
MOST_ROWS = 60
_CELL_CHARACTERS = 60
_EVERY: dict[Every, str] = {"day": "every day", "week": "every week", "month": "every month"}
_CELL = "padding:4px 12px 4px 0;border-bottom:1px solid #e6eaea;font-size:14px;vertical-align:top"
_FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
_DIM = f"{_FONT};font-size:12px;color:#586069"


@dataclass(frozen=True)
class Occasion:
    """Why and for when it is sent."""

    title: str
    owner_name: str
    every: Every
    time_zone: str
    link: str
    due_at: datetime
    is_late: bool
    remarks: Sequence[str]
    """What is not in the mail, and why."""


@dataclass(frozen=True)
class Table:
    """Cells as they are shown."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: int
    """Rows that did not fit."""


def subject_of(occasion: Occasion) -> str:
    """One line that can be told from last week's."""
    title = " ".join("".join(each if each.isprintable() else " " for each in occasion.title).split())
    short = title if len(title) <= 120 else f"{title[:119]}…"
    return f"Report: {short}, {_day(occasion.due_at, occasion.time_zone)}"


def text_of(occasion: Occasion, result: ReportResultOut) -> str:
    """The text part, for reading without pictures."""
    tables = [each for each in (_sums(result), _rows(result)) if each is not None]
    blocks = [
        f"{occasion.title}\n{'=' * min(len(occasion.title), 72)}",
        "\n".join(_stands(occasion, result)),
        *[_aligned(table) for table in tables],
        "\n".join(f"- {note}" for note in (*result.notes, *occasion.remarks)),
        f"{occasion.link}",
        _why(occasion),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def html_of(occasion: Occasion, result: ReportResultOut, *, plot_width: int | None) -> str:
    """The HTML part; with the plot, where there is one."""
    tables = [each for each in (_sums(result), _rows(result)) if each is not None]
    notes = "".join(f"<li>{escape(note)}</li>" for note in (*result.notes, *occasion.remarks))
    listed = f'<ul style="{_DIM}">{notes}</ul>' if notes else ""
    stands = "<br>".join(map(escape, _stands(occasion, result)))
    image = (
        f'<p><img src="cid:{PLOT_ID}" width="{plot_width}" alt="{escape(_in_words(result))}"'
        ' style="max-width:100%;height:auto;border:0"></p>'
        if plot_width
        else ""
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(occasion.title)}</title></head>"
        f'<body style="margin:0;padding:16px;background:#ffffff;color:#212529;{_FONT}">'
        f'<h1 style="font-size:20px;margin:0 0 8px">{escape(occasion.title)}</h1>'
        f'<p style="{_DIM}">{stands}</p>'
        f"{image}{''.join(map(_marked_up, tables))}{listed}"
        f'<p><a href="{escape(occasion.link)}" style="color:#0f6b70">Open the report</a></p>'
        f'<p style="{_DIM}">{escape(_why(occasion))}</p></body></html>'
    )


def _stands(occasion: Occasion, result: ReportResultOut) -> list[str]:
    zone = result.query.time_zone
    first = result.period.from_.isoformat() if result.period.from_ else "the beginning"
    last = result.period.to.isoformat() if result.period.to else "now"
    lines = [
        f"As of {_moment(result.as_of, zone)} ({zone}), from {first} to {last}.",
        "Without what the rule set calls a machine." if result.query.judged == "human" else "Every recorded reaction.",
    ]
    if occasion.is_late:
        due = _moment(occasion.due_at, occasion.time_zone)
        lines.append(f"This mail was due on {due} ({occasion.time_zone}) and is late; the numbers are of now.")
    return lines


def _why(occasion: Occasion) -> str:
    return (
        f"You get this because {occasion.owner_name} has it mailed {_EVERY[occasion.every]}. "
        "If you do not want it any more, ask there."
    )


def _sums(result: ReportResultOut) -> Table | None:
    """What each source came to as a whole."""
    if not result.series:
        return None
    counts_people = result.query.count == "unique"
    head = ["", "All", "People", *(["Recipients", "of them people"] if counts_people else [])]
    rows = [
        [
            each.name,
            _shown(each.total),
            _shown(each.humans),
            *([_shown(each.people), _shown(each.human_people)] if counts_people else []),
        ]
        for each in result.series
    ]
    return Table(head, rows, 0)


def _rows(result: ReportResultOut) -> Table | None:
    """The rows of the report; the newest of a long course of time, the first of a long list."""
    if result.table is not None:
        rows = result.table.rows
        shown = [[_shown(cell) for cell in row] for row in rows[:MOST_ROWS]]
        left_out = len(rows) - len(shown) + (1 if result.table.next else 0)
        return Table([column.title for column in result.table.columns], shown, left_out) if rows else None
    if not result.series or not result.series[0].points:
        return None
    starts = [start for start, _ in result.series[0].points]
    every = [
        [_start(result, start), *(_shown(each.points[at][1]) for each in result.series)]
        for at, start in enumerate(starts)
    ]
    kept = every[-MOST_ROWS:]
    return Table(["From", *(each.name for each in result.series)], kept, len(every) - len(kept))


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, int):
        return f"{cell:,}"
    line = " ".join(cell.split())
    return line if len(line) <= _CELL_CHARACTERS else f"{line[: _CELL_CHARACTERS - 1]}…"


def _start(result: ReportResultOut, start: datetime) -> str:
    local = start.astimezone(ZoneInfo(result.query.time_zone))
    if result.query.interval == "hour":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%Y-%m}" if result.query.interval == "month" else f"{local:%Y-%m-%d}"


def _aligned(table: Table) -> str:
    """Columns under each other: names to the left, counts to the right."""
    lines = [table.head, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.head))]
    written = ["  ".join(_padded(line, widths)).rstrip() for line in lines]
    written.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*written, *_more(table)])


def _padded(line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for number, (cell, width) in enumerate(zip(line, widths, strict=True)):
        yield cell.ljust(width) if number == 0 else cell.rjust(width)


def _marked_up(table: Table) -> str:
    head = "".join(_cell("th", number, cell) for number, cell in enumerate(table.head))
    body = "".join(
        f"<tr>{''.join(_cell('td', number, cell) for number, cell in enumerate(row))}</tr>" for row in table.rows
    )
    more = "".join(f'<p style="{_DIM}">{escape(line)}</p>' for line in _more(table))
    return (
        f'<table role="table" style="border-collapse:collapse;margin:0 0 16px"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{more}"
    )


def _cell(kind: str, number: int, text: str) -> str:
    align = "left" if number == 0 else "right"
    return f'<{kind} style="{_CELL};text-align:{align}">{escape(text)}</{kind}>'


def _more(table: Table) -> list[str]:
    return ["There are more rows: open the report to see them all."] if table.left_out else []


def _in_words(result: ReportResultOut) -> str:
    return "; ".join(f"{each.name}: {each.total:,}" for each in result.series)


def _moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y, %H:%M}"


def _day(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"
