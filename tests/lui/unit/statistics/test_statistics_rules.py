"""Means of rates beside pooled rates, and the order of a message sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lui.statistics.rules import TRACKING, Reacted, in_sequence, rates_of, summarize


def test_the_mean_of_rates_is_not_the_rate_of_the_sums() -> None:
    small, large = Reacted(10, 5, 1, 0), Reacted(990, 99, 99, 0)
    assert rates_of(small, TRACKING)["opened_of_unbounced"] == 0.5
    summary = summarize([small, large], TRACKING)
    assert summary.mean["opened_of_unbounced"] == pytest.approx((0.5 + 0.1) / 2)
    assert summary.pooled["opened_of_unbounced"] == pytest.approx(104 / 1_000)
    assert summary.mean["clicked_of_opened"] == pytest.approx((1 / 5 + 99 / 99) / 2)


def test_what_nobody_can_know_counts_in_neither_figure() -> None:
    blind, known = Reacted(1_000, None, None, 10), Reacted(100, 50, 25, 0)
    assert rates_of(blind, TRACKING) == {
        "opened_of_unbounced": None,
        "clicked_of_unbounced": None,
        "clicked_of_opened": None,
        "unsubscribed_of_unbounced": 0.01,
    }
    summary = summarize([blind, known], TRACKING)
    assert (summary.mean["opened_of_unbounced"], summary.pooled["opened_of_unbounced"]) == (0.5, 0.5)
    assert summary.counted == {
        "opened_of_unbounced": 1,
        "clicked_of_unbounced": 1,
        "clicked_of_opened": 1,
        "unsubscribed_of_unbounced": 2,
    }


def test_nothing_is_divided_by_nothing() -> None:
    assert set(rates_of(Reacted(0, 0, 0, 0), TRACKING).values()) == {None}
    assert set(summarize([], TRACKING).mean.values()) == {None}


@given(some.lists(some.tuples(some.integers(1, 10**6), some.integers(0, 10**6)), min_size=1, max_size=20))
def test_both_figures_lie_between_the_least_and_the_highest_rate(jobs: list[tuple[int, int]]) -> None:
    found = [Reacted(whole, min(part, whole), 0, 0) for whole, part in jobs]
    rates = [rates_of(each, TRACKING)["opened_of_unbounced"] or 0.0 for each in found]
    summary = summarize(found, TRACKING)
    for figure in (summary.mean, summary.pooled):
        assert min(rates) - 1e-5 <= (figure["opened_of_unbounced"] or 0.0) <= max(rates) + 1e-5


def test_each_job_stands_right_after_the_one_it_follows() -> None:
    follows = {"b": "a", "c": "a", "d": "b", "x": "not to be seen"}
    assert in_sequence(["a", "b", "c", "d", "x"], follows) == [
        ("a", 0, "origin", None),
        ("b", 1, "reaction", "a"),
        ("d", 2, "reaction", "b"),
        ("c", 1, "reaction", "a"),
        ("x", 0, "origin", None),
    ]


@given(
    some.lists(some.sampled_from("abcdefgh"), unique=True).map(sorted),
    some.dictionaries(some.sampled_from("abcdefgh"), some.sampled_from("abcdefgh")),
)
def test_every_job_is_shown_once_also_in_a_circle(jobs: list[str], follows: dict[str, str]) -> None:
    assert sorted(job for job, _, _, _ in in_sequence(jobs, follows)) == jobs
