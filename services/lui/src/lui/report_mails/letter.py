"""What a report mail says: the numbers as text and as a table, the plot, and where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from lui.report_mails.schemas import Every
from lui.reports.schemas.query import Cell, ReportResultOut, TableOut

PLOT_ID = "plot"
MOST_ROWS = 60
_CELL_CHARACTERS = 60
_HEAD_CHARACTERS = 18
_MOST_HEADS = 5
"""Longer or more names over the columns of a course of time are numbers instead, explained above."""
_INDENT = "\u00a0\u00a0"
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
    is_count: Sequence[bool]
    """By column: counts stand to the right, words to the left."""
    left_out: int = 0
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
    head = ["", "All", "Without machines", *(["Recipients", "without machines"] if counts_people else [])]
    rows = [
        [
            f"{number} {each.name}" if number else each.name,
            _shown(each.total),
            _shown(each.humans),
            *([_shown(each.people), _shown(each.human_people)] if counts_people else []),
        ]
        for number, each in zip(_numbers(result), result.series, strict=True)
    ]
    return Table(head, rows, _one_word(head))


def _rows(result: ReportResultOut) -> Table | None:
    """The rows of the report; the newest of a long course of time, the first of a long list."""
    if result.table is not None:
        return _by_link(result.table) if result.query.type == "sum" else _listed(result.table)
    if not result.series or not result.series[0].points:
        return None
    starts = [start for start, _ in result.series[0].points]
    every = [
        [_start(result, start), *(_shown(each.points[at][1]) for each in result.series)]
        for at, start in enumerate(starts)
    ]
    kept = every[-MOST_ROWS:]
    names = [number or each.name for number, each in zip(_numbers(result), result.series, strict=True)]
    head = ["From", *names]
    return Table(head, kept, _one_word(head), len(every) - len(kept))


def _numbers(result: ReportResultOut) -> list[str]:
    """What stands for each series over a column; empty where its name has room."""
    names = [each.name for each in result.series]
    has_room = len(names) <= _MOST_HEADS and max(map(len, names), default=0) <= _HEAD_CHARACTERS
    numbered = result.query.type == "over_time" and not has_room
    return [f"({at})" if numbered else "" for at in range(1, len(names) + 1)]


def _one_word(head: Sequence[str]) -> list[bool]:
    return [at > 0 for at in range(len(head))]


def _listed(table: TableOut) -> Table | None:
    shown = [[_shown(cell) for cell in row] for row in table.rows[:MOST_ROWS]]
    left_out = len(table.rows) - len(shown) + (1 if table.next else 0)
    is_count = [column.kind == "count" for column in table.columns]
    return Table([column.title for column in table.columns], shown, is_count, left_out) if shown else None


def _by_link(table: TableOut) -> Table | None:
    """Each source with its links below it, without those that nobody followed."""
    _, _, *counts = table.columns
    rows = [
        [source if link is None else f"{_INDENT}{_shown(link)}", *map(_shown, cells)]
        for source, link, *cells in table.rows
        if link is None or any(cells)
    ]
    kept = [[str(cell) for cell in row] for row in rows[:MOST_ROWS]]
    head = ["Source", *(column.title for column in counts)]
    return Table(head, kept, _one_word(head), len(rows) - len(kept)) if kept else None


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, int):
        return f"{cell:,}"
    line = " ".join(cell.split())
    if len(line) <= _CELL_CHARACTERS:
        return line
    # Links differ at their end.
    half = _CELL_CHARACTERS // 2
    return f"{line[: half - 1]}…{line[-half:]}"


def _start(result: ReportResultOut, start: datetime) -> str:
    local = start.astimezone(ZoneInfo(result.query.time_zone))
    if result.query.interval == "hour":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%Y-%m}" if result.query.interval == "month" else f"{local:%Y-%m-%d}"


def _aligned(table: Table) -> str:
    """Columns under each other."""
    lines = [table.head, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.head))]
    written = ["  ".join(_padded(line, widths, table.is_count)).rstrip() for line in lines]
    written.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*written, *_more(table)])


def _padded(line: Sequence[str], widths: Sequence[int], is_count: Sequence[bool]) -> Iterable[str]:
    for cell, width, counts in zip(line, widths, is_count, strict=True):
        yield cell.rjust(width) if counts else cell.ljust(width)


def _marked_up(table: Table) -> str:
    head = _line("th", table.head, table.is_count)
    body = "".join(f"<tr>{_line('td', row, table.is_count)}</tr>" for row in table.rows)
    more = "".join(f'<p style="{_DIM}">{escape(line)}</p>' for line in _more(table))
    return (
        f'<table role="table" style="border-collapse:collapse;margin:0 0 16px"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{more}"
    )


def _line(kind: str, cells: Sequence[str], is_count: Sequence[bool]) -> str:
    styles = ["text-align:right" if counts else "text-align:left;overflow-wrap:anywhere" for counts in is_count]
    return "".join(
        f'<{kind} style="{_CELL};{style}">{escape(cell)}</{kind}>' for cell, style in zip(cells, styles, strict=True)
    )


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
