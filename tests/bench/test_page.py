"""docs/benchmarks.md holds what was printed, and nothing else."""

import json
from typing import Any

import pytest

from tests.bench.__main__ import figure_of, table
from tests.bench.figure import Figure, exit_status, say
from tests.bench.page import page


def printed(capsys: pytest.CaptureFixture[str], **changes: Any) -> str:
    say(Figure(**{"bench": "wire", "figure": "client", "value": 1.2345678, "unit": "x", "goal": ">= 1.0", **changes}))
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "goal", "good"),
    [(1.0, ">= 1.0", True), (0.99, ">= 1.0", False), (3.0, "<= 2", False), (2.0, "<= 2", True), (1.0, None, None)],
)
def test_a_figure_is_judged_by_its_goal(value: float, goal: str | None, good: bool | None) -> None:  # noqa: FBT001
    figure = Figure("wire", "client", value, "x", goal)
    assert figure.good is good
    assert exit_status([figure]) == (1 if good is False else 0)


def test_the_page_has_one_row_for_each_figure_as_it_was_last(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "== wire",
        printed(capsys, value=5.0),
        "{not json",
        printed(capsys, conditions={"connections": 10}),
        printed(capsys, bench="engine", figure="memory", value=200.0, unit="MB", goal="<= 150"),
    ]
    made = page(lines)
    assert made.count("| client |") == 1
    assert "| client | 1.235 x | ≥ 1.0 | met | connections 10 |" in made
    assert "| memory | 200 MB | ≤ 150 | **missed** |" in made
    assert "Measured 20" in made


def test_storms_stand_on_the_page_too() -> None:
    storm = {"storm": "kill mailer", "conditions": {"times": 3}, "numbers": {"lost": 0}, "wrong": []}
    assert "| kill mailer | lost 0 | met | times 3 |" in page([json.dumps(storm)])


def test_what_is_no_figure_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert [figure_of(line) for line in ("", "{", '{"a": 1}', "[1]")] == [None] * 4
    assert "MISSED" in table([figure_of(printed(capsys, value=0.5)) or {}])
