"""Results as files: CSV and XLSX page by page, so that a million rows are never held; plots as pictures."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]  # it comes without types

from lui.audience.export import csv_rows
from lui.plots import service as plots
from lui.plots.schemas import Bar, BarPlot, Curve, CurvePlot, Picture
from lui.reports.errors import NothingToDraw
from lui.reports.schemas.query import Cell, Format, ReportResultOut

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": plots.MEDIA_TYPES["svg"],
    "png": plots.MEDIA_TYPES["png"],
}
SHEET_ROWS = 1_048_576
"""What a sheet holds; further rows go on to the next one."""
_CELL_CHARACTERS = 32_767
_CHUNK = 256 * 1024
_TYPE_NAMES = {
    "over_time": "Events over time",
    "sum": "Sum of events",
    "recipients": "Recipient details",
    "details": "Event details",
}
Pages = AsyncIterator[ReportResultOut]
"""A result, and the following pages of its table."""


def header_of(result: ReportResultOut) -> list[str]:
    """The names of a table's columns."""
    if result.table is not None:
        return [column.title for column in result.table.columns]
    return ["Start", *(series.name for series in result.series)]


def rows_of(result: ReportResultOut) -> list[list[Cell]]:
    """The rows of a table; all lines have the same starts."""
    if result.table is not None:
        return result.table.rows
    starts = [start for start, _ in result.series[0].points] if result.series else []
    return [
        [start.isoformat().replace("+00:00", "Z"), *(series.points[at][1] for series in result.series)]
        for at, start in enumerate(starts)
    ]


async def csv_pieces(pages: Pages) -> AsyncIterator[bytes]:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, safe from formulas."""
    is_first = True
    async for result in pages:
        if is_first:
            yield csv_rows([header_of(result)], raw=False).encode("utf-8-sig")
            is_first = False
        yield csv_rows([[_text(cell) for cell in row] for row in rows_of(result)], raw=False).encode()


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


async def xlsx_pieces(pages: Pages) -> AsyncIterator[bytes]:
    """A workbook: the rows, and a sheet that says what they are. Text stays text, whatever it begins with."""
    with tempfile.TemporaryFile() as file:
        book = _Book(file)
        last: ReportResultOut | None = None
        async for result in pages:
            last = result
            await asyncio.to_thread(book.add, header_of(result), rows_of(result))
        await asyncio.to_thread(book.close, last)
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, _CHUNK):
            yield piece


class _Book:
    """A workbook whose rows leave memory as soon as the next one comes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._sheet: Any = None
        self._next = SHEET_ROWS

    def add(self, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        if self._sheet is None:
            self._begin(header)
        for row in rows:
            if self._next == SHEET_ROWS:
                self._begin(header)
            self._write(row)

    def _begin(self, header: Sequence[str]) -> None:
        self._sheet, self._next = self._book.add_worksheet(), 0
        self._write(header)

    def _write(self, row: Sequence[Cell]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                self._sheet.write_number(self._next, column, cell)
            elif cell is not None:
                self._sheet.write_string(self._next, column, cell[:_CELL_CHARACTERS])
        self._next += 1

    def close(self, result: ReportResultOut | None) -> None:
        if result is not None:
            self._sheet, self._next = self._book.add_worksheet("About"), 0
            for line in about(result):
                self._write(line)
        self._book.close()


def about(result: ReportResultOut) -> list[list[Cell]]:
    """What a reader must know of a result, line by line."""
    query, period = result.query, result.period
    first = period.from_.isoformat() if period.from_ else "the beginning"
    last = period.to.isoformat() if period.to else "now"
    lines: list[list[Cell]] = [
        ["Report", _TYPE_NAMES[query.type]],
        ["As of", result.as_of.isoformat().replace("+00:00", "Z")],
        ["Rule set", result.rules_version],
        ["Counted", "without machines" if query.judged == "human" else "every recorded reaction"],
        ["Period", f"{first} to {last}"],
        ["Time zone", query.time_zone],
        ["Interval", query.interval if query.type == "over_time" else None],
    ]
    lines += [
        ["Job", " ".join([job.system_id or job.id, job.title or "", "(deleted)" if job.deleted else ""]).strip()]
        for job in result.jobs
    ]
    lines += [["Note", note] for note in result.notes]
    return [*lines, ["Question", query.model_dump_json(exclude_defaults=True)]]


def plot_of(result: ReportResultOut, title: str | None = None) -> CurvePlot | BarPlot:
    """The result as a plot. Raises NothingToDraw for tables of recipients and reactions."""
    query = result.query
    named, notes = title or _TYPE_NAMES[query.type], tuple(result.notes)
    if query.type == "over_time":
        curves = tuple(Curve(each.name, each.color, tuple(each.points)) for each in result.series)
        return CurvePlot(named, curves, query.interval, query.time_zone, result.as_of, notes)
    if query.type != "sum":
        raise NothingToDraw("Recipients and details are tables: take them as CSV or XLSX")
    bars = tuple(Bar(each.name, each.color, _value(result, at)) for at, each in enumerate(result.series))
    return BarPlot(named, bars, query.time_zone, result.as_of, notes)


def _value(result: ReportResultOut, at: int) -> int:
    series, is_human = result.series[at], result.query.judged == "human"
    if result.query.count == "unique":
        return (series.human_people if is_human else series.people) or 0
    return series.humans if is_human else series.total


async def draw(result: ReportResultOut, picture: Picture, title: str | None = None) -> bytes:
    """The plot's picture. Raises NothingToDraw, Invalid, PlotUnavailable."""
    return await plots.draw(plot_of(result, title), picture=picture)
