"""Results as files: whatever a cell holds, it is read as what it is."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from typing import Any

import openpyxl
import pytest

from lui.plots.schemas import BarPlot, CurvePlot
from lui.reports import files
from lui.reports.errors import NothingToDraw
from lui.reports.schemas.query import Cell, ReportResultOut

HOSTILE = ("=1+2", "@SUM(A1)", "+1", "-1", "\t=1", "＝1", '=HYPERLINK("https://evil.example")')  # noqa: RUF001
Pieces = Callable[[AsyncIterator[ReportResultOut]], AsyncIterator[bytes]]


def a_result(kind: str = "sum", rows: list[list[Cell]] | None = None, **given: Any) -> ReportResultOut:
    columns = [{"key": "link", "title": "Link", "kind": "text"}, {"key": "total", "title": "Total", "kind": "count"}]
    source = {"name": None, "color": None, "event": "clicks", "job_ids": ["1"], "links": None, "tags": None}
    document: dict[str, Any] = {
        "query": {"type": kind, "sources": [source]},
        "as_of": "2026-11-22T09:00:00Z",
        "rules_version": 2,
        "period": {"from": None, "to": "2026-11-22"},
        "series": [],
        "table": {"columns": columns, "rows": rows, "next": None} if rows is not None else None,
        "jobs": [{"id": "1", "title": "=Recall", "system_id": "20261122A", "level": "personal", "deleted": False}],
        "notes": ["something to know"],
        **given,
    }
    return ReportResultOut.model_validate(document)


def a_series(name: str, *counts: int, **given: Any) -> dict[str, Any]:
    points = [[f"2026-11-{day:02}T00:00:00Z", count] for day, count in enumerate(counts, start=1)]
    sums = {"total": sum(counts), "humans": 1, "people": None, "human_people": None}
    return {"name": name, "color": None, "event": "opens", "points": points, **sums, **given}


async def octets(make: Pieces, *results: ReportResultOut) -> bytes:
    async def pages() -> AsyncIterator[ReportResultOut]:
        for result in results:
            yield result

    return b"".join([piece async for piece in make(pages())])


async def sheets(*results: ReportResultOut) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(await octets(files.xlsx_pieces, *results)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


async def test_a_spreadsheet_runs_nothing_that_a_csv_file_holds() -> None:
    table = await octets(files.csv_pieces, a_result(rows=[[text, 1] for text in HOSTILE]))
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert rows == [["Link", "Total"], *(["'" + text, "1"] for text in HOSTILE)]


async def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    hostile: list[list[Cell]] = [[text, 2_303] for text in HOSTILE]
    result = a_result(rows=[*hostile, [None, 1], ["x" * 40_000, 0]])
    octet = await octets(files.xlsx_pieces, result)
    with zipfile.ZipFile(io.BytesIO(octet)) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside.replace(b"HYPERLINK", b"")
    found = await sheets(result)
    assert found["Sheet1"][1 : 1 + len(HOSTILE)] == hostile
    assert found["Sheet1"][-2:] == [[None, 1], ["x" * 32_767, 0]]


async def test_a_workbook_says_what_it_is() -> None:
    lines = {row[0]: row[1] for row in (await sheets(a_result(rows=[])))["About"]}
    assert lines["Rule set"] == 2
    assert lines["Period"] == "the beginning to 2026-11-22"
    assert lines["Note"] == "something to know"
    assert '"type":"sum"' in lines["Question"]


async def test_pages_follow_each_other_and_sheets_too_when_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", 4)
    pages = [a_result(rows=[[f"{page}-{row}", row] for row in range(3)]) for page in range(2)]
    found = await sheets(*pages)
    header = ["Link", "Total"]
    assert found["Sheet1"] == [header, ["0-0", 0], ["0-1", 1], ["0-2", 2]]
    assert found["Sheet2"] == [header, ["1-0", 0], ["1-1", 1], ["1-2", 2]]
    table = (await octets(files.csv_pieces, *pages)).decode("utf-8-sig").splitlines()
    assert table[0] == "Link,Total"
    assert len(table) == 7


async def test_lines_become_a_column_each() -> None:
    result = a_result("over_time", series=[a_series("Opens", 1, 2), a_series("=Clicks", 0, 3)])
    table = (await octets(files.csv_pieces, result)).decode("utf-8-sig").splitlines()
    assert table == ["Start,Opens,'=Clicks", "2026-11-01T00:00:00Z,1,0", "2026-11-02T00:00:00Z,2,3"]


def test_lines_are_drawn_as_curves_and_sums_as_bars() -> None:
    curves = files.plot_of(a_result("over_time", series=[a_series("Opens", 1, 2)]), "Recall")
    assert isinstance(curves, CurvePlot)
    assert (curves.title, [count for _, count in curves.curves[0].points]) == ("Recall", [1, 2])
    bars = files.plot_of(a_result("sum", rows=[], series=[a_series("Opens", 5), a_series("Clicks", 7)]))
    assert isinstance(bars, BarPlot)
    assert [(bar.name, bar.value) for bar in bars.bars] == [("Opens", 5), ("Clicks", 7)]


@pytest.mark.parametrize("kind", ["recipients", "details"])
def test_people_are_not_drawn(kind: str) -> None:
    with pytest.raises(NothingToDraw):
        files.plot_of(a_result(kind, rows=[]))
