"""Rows as CSV (RFC 4180) that a spreadsheet does not take for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

# Full-width forms count too: spreadsheets fold them.
_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001


def safe_cell(text: str) -> str:
    """The cell, with an apostrophe in front when a spreadsheet would run it."""
    return "'" + text if text[:1] in _FORMULA_STARTS and text else text


def csv_rows(rows: Iterable[Sequence[str]], *, raw: bool) -> str:
    """Lines for the rows; `raw` leaves cells as they are, for programs."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows(rows if raw else ([safe_cell(cell) for cell in row] for row in rows))
    return buffer.getvalue()
