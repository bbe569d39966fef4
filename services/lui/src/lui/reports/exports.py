"""A report as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from lui.reports.schemas import ReportOut

_HEADER = ("measure", "part", "link", "alias", "total", "unique")
# What a spreadsheet takes for the start of a formula; a link or an alias must never become one.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | None


def report_csv(report: ReportOut) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read it right."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _rows(report):
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


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
    yield "unsubscribed", None, None, None, report.unsubscribed, None


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
