"""A report as a table for a spreadsheet."""

from collections.abc import Iterator

from lui.audience.export import csv_rows
from lui.reports.schemas.summary import ReportOut

_HEADER = ("measure", "part", "link", "alias", "total", "unique")
Cell = str | int | None


def report_csv(report: ReportOut) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read it right."""
    rows = ([_text(cell) for cell in row] for row in _rows(report))
    return csv_rows(rows, raw=False).encode("utf-8-sig")


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _rows(report: ReportOut) -> Iterator[tuple[Cell, ...]]:
    clicks = report.clicks
    yield _HEADER
    yield "opens", None, None, None, report.opens.total, report.opens.unique
    yield "clicks", None, None, None, clicks.any, clicks.unique
    yield "clicks", "html", None, None, clicks.html, None
    yield "clicks", "text", None, None, clicks.text, None
    for link in report.by_link:
        yield "clicks on link", link.part, link.url, link.alias, link.total, link.unique
    yield "bounces", None, None, None, report.bounces.total, None
    for bounce_class, count in report.bounces.by_class.items():
        yield f"bounces: {bounce_class}", None, None, None, count, None
    yield "complaints", None, None, None, report.bounces.complaints, None
    yield "unsubscribed", None, None, None, report.unsubscribed, None
