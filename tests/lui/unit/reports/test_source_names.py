"""What sources are called that nobody has named."""

from typing import Any

import pytest

from lui.reports.rules.tables import source_names
from lui.reports.schemas.query import ReportQueryIn

LONG = "https://shop.example/" + "catalogue/" * 20


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ([{}], ["Clicks"]),
        ([{}, {}], ["Clicks", "Clicks (2)"]),
        ([{"links": ["home"]}, {"links": ["home", "shop"]}], ["Clicks on home", "Clicks on 2 links"]),
        ([{"links": ["home"], "name": "Way home"}], ["Way home"]),
    ],
)
def test_a_source_is_called_after_what_it_counts(sources: list[dict[str, Any]], names: list[str]) -> None:
    asked = [{"event": "clicks", "job_ids": ["one"], **source} for source in sources]
    assert source_names(ReportQueryIn.model_validate({"type": "sum", "sources": asked})) == names


def test_long_addresses_that_differ_at_their_end_have_names_that_do() -> None:
    sources = [{"event": "clicks", "job_ids": ["one"], "links": [f"{LONG}{number}"]} for number in (1, 2)]
    first, second = source_names(ReportQueryIn.model_validate({"type": "sum", "sources": sources}))
    assert first.endswith("1")
    assert second.endswith("2")
    assert max(len(first), len(second)) < 80
