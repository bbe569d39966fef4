"""Rows as CSV (RFC 4180) that a spreadsheet does not take for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

# Full-width forms count too: spreadsheets fold them.
_FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"
"""Makes spreadsheets read UTF-8; in front of the first line only."""


def safe_cell(text: str) -> str:
    """The cell, with an apostrophe in front when a spreadsheet would run it, and without octets no cell holds."""
    plain = text.replace("\x00", "")
    return "'" + plain if plain[:1] in _FORMULA_STARTS and plain else plain


def csv_rows(rows: Iterable[Sequence[str]]) -> str:
    """Lines for the rows."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()
