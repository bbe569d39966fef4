"""What fits into a picture, and how it is said there."""

from datetime import UTC, datetime, timedelta

import pytest

from common.contracts.problem import Invalid
from lui.plots import rules
from lui.plots.schemas import Bar, BarPlot, Curve, CurvePlot

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_plot(points: int, *, curves: int = 1, notes: tuple[str, ...] = ()) -> CurvePlot:
    start = datetime(2026, 3, 27, 23, tzinfo=UTC)
    each = tuple((start + HOUR * number, number) for number in range(points))
    return CurvePlot("Opens", (Curve("opens", None, each),) * curves, "hour", "Europe/Berlin", NOW, notes)


@pytest.mark.parametrize(
    "plot",
    [a_plot(5_001), a_plot(1, curves=13), BarPlot("Sum", (Bar("opens", None, 1),) * 61, "UTC", NOW)],
    ids=["points", "lines", "bars"],
)
def test_more_than_a_picture_can_show_is_refused(plot: CurvePlot | BarPlot) -> None:
    with pytest.raises(Invalid):
        rules.require_drawable(plot)


def test_the_most_a_picture_can_show_is_drawn() -> None:
    rules.require_drawable(a_plot(5_000))
    rules.require_drawable(a_plot(1, curves=12))
    rules.require_drawable(BarPlot("Sum", (Bar("opens", None, 1),) * 60, "UTC", NOW))


def test_a_text_has_no_character_that_a_picture_cannot_hold() -> None:
    assert rules.shown("one\x00 \n two\x1b[31m\u2028three\ud800", 80) == "one two [31m three"


def test_a_long_text_is_cut_visibly() -> None:
    assert rules.shown("x" * 50, 10) == "xxxxxxxxx…"


def test_a_colour_that_is_none_is_replaced_by_the_palettes() -> None:
    wild = Curve("opens", 'red" onload="alert(1)', ())
    assert rules.color_of(wild, 1) == rules.PALETTE[1]
    assert rules.color_of(Curve("opens", "#ABCDEF", ()), 1) == "#abcdef"


def test_labels_are_few_and_say_the_local_time_over_the_change_of_the_clock() -> None:
    plot = a_plot(72)
    labels = rules.labels(plot, rules.starts_of(plot))
    assert [text for _, text in labels] == [
        "28 Mar\n00:00",
        "28 Mar\n12:00",
        "29 Mar\n00:00",
        # 29 March 2026 has 23 hours here.
        "29 Mar\n13:00",
        "30 Mar\n01:00",
        "30 Mar\n13:00",
    ]


def test_the_foot_says_when_by_which_clock_and_what_a_reader_must_know() -> None:
    assert rules.foot_lines(a_plot(1, notes=("Two jobs are gone.",))) == [
        "As of 22 November 2026, 16:30 (Europe/Berlin)",
        "Two jobs are gone.",
    ]


def test_notes_that_do_not_fit_are_counted() -> None:
    assert rules.foot_lines(a_plot(1, notes=("n",) * 9))[-1] == "… and 3 more notes"
