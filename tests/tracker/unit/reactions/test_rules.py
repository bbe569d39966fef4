from itertools import combinations_with_replacement
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.support.builders.tracker import FIREFOX
from tracker.reactions.rules import (
    AT_ONCE_MS,
    EXPLANATIONS,
    JUDGES,
    MACHINES,
    Judgement,
    Rule,
    judge,
    judge_delayed,
    judge_together,
)

GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


@pytest.mark.parametrize(
    ("method", "agent", "judged"),
    [
        ("GET", FIREFOX, Judgement.HUMAN),
        ("GET", "Mozilla", Judgement.HUMAN),
        ("HEAD", FIREFOX, Judgement.SCANNER),
        ("HEAD", "", Judgement.SCANNER),
        ("GET", GMAIL, Judgement.PROXY),
        ("GET", "GoogleImageProxy", Judgement.PROXY),
        ("GET", "Mozilla/5.0", Judgement.PROXY),  # Apple's Mail Privacy Protection says no more
        ("GET", "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))", Judgement.SCANNER),
        ("GET", "Proofpoint URL Defense", Judgement.SCANNER),
        ("GET", "curl/8.5.0", Judgement.SCANNER),
        ("GET", "", Judgement.UNKNOWN),
        ("GET", "mail", Judgement.UNKNOWN),
    ],
)
def test_a_hit_is_judged_by_how_it_asks_and_what_it_calls_itself(method: str, agent: str, judged: Judgement) -> None:
    assert judge(method, agent).judgement is judged


def test_what_is_not_known_counts_as_people() -> None:
    assert {Judgement.PROXY, Judgement.SCANNER} == MACHINES


@pytest.mark.parametrize(("network", "rule"), [("barracuda", Rule.SCANNING_NETWORK), ("apple", Rule.BROWSER)])
def test_nobody_reads_mail_in_a_filters_network(network: str, rule: Rule) -> None:
    assert judge("GET", FIREFOX, network).rule is rule


@pytest.mark.parametrize(
    ("agent", "delay", "rule"),
    [
        (FIREFOX, AT_ONCE_MS - 1, Rule.AT_ONCE),
        ("", 0, Rule.AT_ONCE),
        (FIREFOX, AT_ONCE_MS, Rule.BROWSER),
        (FIREFOX, None, Rule.BROWSER),
        (GMAIL, 0, Rule.NAMED_PROXY),  # it is known to load at once
    ],
)
def test_nobody_reads_a_message_the_moment_it_arrives(agent: str, delay: int | None, rule: Rule) -> None:
    assert judge_delayed(judge("GET", agent), delay).rule is rule


def together(*clicks: tuple[int, int], links: tuple[frozenset[int], ...] = ()) -> list[Rule | None]:
    return [verdict.rule if verdict else None for verdict in judge_together(clicks, links)]


BURST = Rule.LINKS_IN_A_BURST


def test_three_links_within_two_seconds_are_a_machines() -> None:
    assert together((0, 1), (900, 2), (1999, 3), (60_000, 1)) == [BURST, BURST, BURST, None]
    assert together((0, 1), (900, 2), (2000, 3)) == [None] * 3
    assert together((0, 1), (900, 1), (1000, 1), (1100, 2)) == [None] * 4  # impatient, not a machine


def test_every_link_of_a_part_within_ten_seconds_is_a_machines() -> None:
    whole = (frozenset((1, 2, 3)), frozenset((4, 5)))

    assert together((0, 1), (4000, 2), (9999, 3), links=whole) == [Rule.ALL_LINKS] * 3
    assert together((0, 1), (4000, 2), (10_000, 3), links=whole) == [None] * 3
    assert together((0, 4), (4000, 5), links=whole) == [None] * 2  # a part of two links is soon followed


@given(some.lists(some.tuples(some.integers(0, 9000), some.integers(1, 5)), max_size=12).map(sorted))
def test_a_burst_is_found_wherever_it_lies_among_others(clicks: list[tuple[int, int]]) -> None:
    expected: list[Rule | None] = [None] * len(clicks)
    for first, last in combinations_with_replacement(range(len(clicks)), 2):
        near = clicks[last][0] - clicks[first][0] < 2000
        if near and len({link for _, link in clicks[first : last + 1]}) >= 3:
            expected[first : last + 1] = [BURST] * (last + 1 - first)

    assert together(*clicks) == expected


def test_somebody_who_follows_links_all_the_time_is_judged_in_no_time() -> None:
    clicks = [(step, step % 7) for step in range(50_000)]

    began = process_time()
    assert set(together(*clicks, links=(frozenset(range(300)),))) == {BURST}
    assert process_time() - began < 5


def test_every_rule_says_what_it_comes_to_and_why() -> None:
    assert EXPLANATIONS.keys() == JUDGES.keys() == set(Rule)
    assert all(EXPLANATIONS.values())
