"""What stands in a report mail, and that it has room on a telephone."""

from datetime import UTC, datetime
from typing import Any

from lui.report_mails.letter import Occasion, html_of, text_of
from lui.reports.schemas.query import ReportResultOut

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
OCCASION = Occasion(
    title="How it goes",
    owner_name="Ann",
    every="week",
    time_zone="UTC",
    link="https://tutti.example/reports/1",
    due_at=AT,
    is_late=False,
    remarks=(),
)


def a_result(kind: str, names: list[str], table: Any = None) -> ReportResultOut:
    sources = [{"event": "clicks", "job_ids": ["one"], "name": name} for name in names]
    counts = {"color": None, "event": "clicks", "total": 7, "humans": 5, "people": None, "human_people": None}
    points = [] if kind == "sum" else [(AT, 7)]
    return ReportResultOut.model_validate(
        {
            "query": {"type": kind, "sources": sources, "interval": "hour"},
            "as_of": AT,
            "rules_version": 2,
            "period": {"from": None, "to": None},
            "series": [{"name": name, "points": points, **counts} for name in names],
            "table": table,
            "jobs": [],
            "notes": [],
        }
    )


def test_links_stand_below_their_source_without_those_that_nobody_followed() -> None:
    columns = [{"key": key, "title": title, "kind": kind} for key, title, kind in _COLUMNS]
    rows = [["News", None, 7], ["News", "https://shop.example/" + "x" * 60 + "/end", 7], ["News", "unloved", 0]]
    letter = text_of(OCCASION, a_result("sum", ["News"], {"columns": columns, "rows": rows, "next": None}))
    lines = [line for line in letter.splitlines() if line.startswith(("News", "\u00a0"))]
    assert [line.split()[-1] for line in lines] == ["5", "7", "7"]
    assert "/end" in letter
    assert "unloved" not in letter
    assert max(map(len, lines)) < 80


_COLUMNS = (("source", "Source", "text"), ("link", "Link", "text"), ("total", "Total", "count"))


def test_many_and_long_names_are_numbers_over_the_columns() -> None:
    names = [f"Clicks on the link number {number} of the catalogue" for number in range(12)]
    letter = text_of(OCCASION, a_result("over_time", names))
    assert "(12) Clicks on the link number 11 of the catalogue" in letter
    (row,) = (line for line in letter.splitlines() if line.startswith("2026-11-22 12:00"))
    assert row.split()[2:] == ["7"] * 12
    assert max(map(len, letter.splitlines())) < 110
    few = text_of(OCCASION, a_result("over_time", ["Opens", "Clicks"]))
    assert "(1)" not in few


def test_what_people_have_named_is_never_markup() -> None:
    letter = html_of(OCCASION, a_result("over_time", ["<b>bold</b>"]), plot_width=600)
    assert "<b>" not in letter
    assert "&lt;b&gt;bold" in letter
