from dataclasses import replace
from typing import Any

import pytest

from common.contracts.lui import MAX_LINK_LENGTH, MAX_LINKS, TrackingLevel
from lui.content.schemas import Link
from lui.jobs.rules.binding import binding_digest, fingerprint
from lui.jobs.rules.tracking import (
    Surroundings,
    chosen_tracking,
    tracked_links,
    tracking_plan,
    tracking_problems,
)
from lui.jobs.rules.tracking_words import tracking_warnings
from lui.jobs.tracking import Tracking, TrackingIn
from lui.jobs.words import Clicks


def a_link(number: int, url: str = "https://example.org/", *, personal: bool = False) -> Link:
    return Link(id=str(number), part="html", url=url, alias=None, personal=personal)


LINKS = (a_link(1), a_link(2, "https://example.org/{{ id }}", personal=True))
AROUND = Surroundings(links=LINKS, has_html=True, columns=("email", "id"), merges=True)


def chosen(**changes: Any) -> Tracking:
    asked = TrackingIn(**{"level": "personal", "opens": True, "clicks": "all", **changes})
    choice, errors = chosen_tracking(asked, LINKS)
    assert choice is not None, errors
    return choice


def pointers(**changes: Any) -> list[str]:
    asked = TrackingIn(**{"level": "personal", "opens": True, "clicks": "all", **changes})
    return [pointer for pointer, _ in chosen_tracking(asked, LINKS)[1]]


def test_off_is_off_whatever_else_was_ticked() -> None:
    choice = chosen(level="off", clicks="chosen", links=["1"])
    assert (choice.opens, choice.clicks, choice.links) == (False, Clicks.NONE, ())
    assert tracking_plan(choice, LINKS).links == ()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"clicks": "chosen"}, "/links"),
        ({"clicks": "all", "links": ["1"]}, "/links"),
        ({"clicks": "chosen", "links": ["1", "9"]}, "/links/1"),
        ({"level": "unique", "identify_by": "id"}, "/identify_by"),
    ],
)
def test_a_choice_that_contradicts_itself_is_pointed_at(changes: dict[str, Any], pointer: str) -> None:
    assert pointers(**changes) == [pointer]


def test_a_link_listed_twice_is_one_link() -> None:
    assert [link.id for link in chosen(clicks="chosen", links=["2", "1", "2"]).links] == ["2", "1"]


@pytest.mark.parametrize("level", ["unique", "anonymous", "personal"])
def test_bulk_can_only_be_tracked_blind(level: str) -> None:
    assert tracking_problems(chosen(level=level), replace(AROUND, merges=False))[0][0] == "/level"


@pytest.mark.parametrize("level", ["off", "blind"])
def test_bulk_tracked_blind_or_not_at_all_is_fine(level: str) -> None:
    assert tracking_problems(chosen(level=level), replace(AROUND, merges=False)) == []


def test_people_are_identified_by_a_column_that_is_there() -> None:
    assert tracking_problems(chosen(identify_by="id"), AROUND) == []
    assert tracking_problems(chosen(identify_by="number"), AROUND)[0][0] == "/identify_by"


def test_a_chosen_link_that_moved_is_a_problem() -> None:
    moved = replace(AROUND, links=(a_link(1, "https://example.net/"),))
    assert tracking_problems(chosen(clicks="chosen", links=["1"]), moved)[0][0] == "/links"


def test_more_links_than_a_request_can_carry_are_refused() -> None:
    many = tuple(a_link(number) for number in range(1, MAX_LINKS + 2))
    assert tracking_problems(chosen(), replace(AROUND, links=many))[0][0] == "/links"


@pytest.mark.parametrize(
    ("level", "numbers"), [("blind", [1]), ("anonymous", [1]), ("unique", [1, 2]), ("personal", [1, 2])]
)
def test_a_personal_target_is_tracked_only_where_it_can_travel_sealed(level: str, numbers: list[int]) -> None:
    choice = chosen(level=level)
    assert [link.number for link in tracking_plan(choice, LINKS).links] == numbers
    assert bool(tracking_warnings(choice, AROUND)) is (numbers == [1])


def test_a_link_too_long_for_a_plan_is_left_alone_with_a_warning() -> None:
    endless = a_link(3, "https://example.org/" + "x" * MAX_LINK_LENGTH)
    assert tracked_links(chosen(), (endless,)) == []
    assert "longer" in tracking_warnings(chosen(), replace(AROUND, links=(endless,)))[0]


def test_opens_without_an_html_part_cannot_be_seen() -> None:
    assert "opens" in tracking_warnings(chosen(clicks="none"), replace(AROUND, has_html=False))[0]


def test_no_clicks_is_no_links() -> None:
    assert tracking_plan(chosen(clicks="none"), LINKS).links == ()


def test_each_thing_that_is_sent_changes_the_digest() -> None:
    plan = tracking_plan(chosen(), LINKS)
    none = tracking_plan(chosen(clicks="none"), LINKS)
    shown = {
        fingerprint({"subject": "a"}, recipients_digest="r", plan=plan, identify_by=None),
        fingerprint({"subject": "b"}, recipients_digest="r", plan=plan, identify_by=None),
        fingerprint({"subject": "a"}, recipients_digest="s", plan=plan, identify_by=None),
        fingerprint({"subject": "a"}, recipients_digest="r", plan=none, identify_by=None),
        fingerprint({"subject": "a"}, recipients_digest="r", plan=plan, identify_by="id"),
    }
    assert len(shown) == 5
    assert binding_digest("f", schedule={"mode": "at"}) != binding_digest("f", schedule={"mode": "trigger"})
    assert {len(digest) for digest in shown} == {64}


def test_levels_are_those_of_the_contract() -> None:
    assert [level.value for level in TrackingLevel] == ["off", "blind", "unique", "anonymous", "personal"]
