"""How tracker's counts and lui's links become one table."""

import pytest

from common.contracts.lui import TrackedLinkV1, TrackingLevel, TrackingPlanV1
from common.contracts.problem import Invalid
from lui.clients.tracker import LinkClicks
from lui.reports.rules import links as rules

HOME = TrackedLinkV1(number=1, part="html", url="https://example.org/", alias="home")
SHOP = TrackedLinkV1(number=2, part="text", url="https://example.org/shop")


def a_plan(*links: TrackedLinkV1, level: TrackingLevel = TrackingLevel.PERSONAL) -> TrackingPlanV1:
    return TrackingPlanV1(level=level, opens=True, links=links)


def clicks_on(link: TrackedLinkV1, total: int, unique: int | None) -> LinkClicks:
    return LinkClicks(**link.model_dump(exclude={"personal"}), total=total, unique=unique)


def test_a_row_names_the_content_link_and_its_alias() -> None:
    [row] = rules.link_rows([a_plan(HOME)], [clicks_on(HOME, 5, 3)])
    assert row.model_dump() == {
        "link_id": "1",
        "part": "html",
        "url": "https://example.org/",
        "alias": "home",
        "total": 5,
        "unique": 3,
    }


def test_a_link_nobody_followed_has_a_row_with_zeros() -> None:
    rows = rules.link_rows([a_plan(HOME, SHOP)], [clicks_on(HOME, 5, 3)])
    assert [(row.link_id, row.total, row.unique) for row in rows] == [("1", 5, 3), ("2", 0, 0)]


@pytest.mark.parametrize("level", [TrackingLevel.BLIND, TrackingLevel.ANONYMOUS, TrackingLevel.OFF])
def test_unique_is_unknown_where_the_level_cannot_know(level: TrackingLevel) -> None:
    [row] = rules.link_rows([a_plan(HOME, level=level)], [])
    assert (row.total, row.unique) == (0, None)


@pytest.mark.parametrize("level", [TrackingLevel.UNIQUE, TrackingLevel.PERSONAL])
def test_unique_is_known_where_each_recipient_has_a_token_of_his_own(level: TrackingLevel) -> None:
    [row] = rules.link_rows([a_plan(HOME, level=level)], [])
    assert row.unique == 0


def test_the_same_link_in_two_deliveries_is_one_row() -> None:
    [row] = rules.link_rows([a_plan(HOME), a_plan(HOME)], [clicks_on(HOME, 9, 4)])
    assert (row.alias, row.total) == ("home", 9)


def test_one_address_under_two_aliases_is_two_rows() -> None:
    renamed = HOME.model_copy(update={"alias": "start page"})
    rows = rules.link_rows([a_plan(HOME), a_plan(renamed)], [clicks_on(HOME, 9, 4), clicks_on(renamed, 1, 1)])
    assert [(row.alias, row.total) for row in rows] == [("home", 9), ("start page", 1)]


def test_a_number_that_stood_for_another_target_keeps_its_own_row() -> None:
    moved = HOME.model_copy(update={"url": "https://example.org/new"})
    rows = rules.link_rows([a_plan(HOME), a_plan(moved)], [clicks_on(HOME, 1, 1), clicks_on(moved, 2, 2)])
    assert [(row.url, row.total) for row in rows] == [("https://example.org/", 1), ("https://example.org/new", 2)]


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/New_York"])
def test_iana_names_are_time_zones(name: str) -> None:
    rules.require_time_zone(name)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe/Berlin\0", "Europe"])
def test_other_names_are_not(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.require_time_zone(name)
    assert refused.value.facts["errors"][0]["pointer"] == "/time_zone"
