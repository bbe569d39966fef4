import csv
import io

import pytest

from lui.audience.export import csv_rows, safe_cell


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "－1"])  # noqa: RUF001
def test_a_cell_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Ada", "a=b", "1-2"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_rows_are_what_every_reader_reads() -> None:
    rows = [["a,b", 'say "hi"', "two\nlines", "=x"]]
    assert list(csv.reader(io.StringIO(csv_rows(rows, raw=False), newline=""))) == [[*rows[0][:3], "'=x"]]
    assert list(csv.reader(io.StringIO(csv_rows(rows, raw=True), newline=""))) == rows
