"""Which links a label means, and which counter knows exactly their people."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as some

from common.contracts.lui import TrackedLinkV1
from tests.support.builders.tracker import a_link
from tracker.plans.groups import alias_groups, things_of_links
from tracker.reports.rules.targets import label_of, labelled, meaning, people_counter

PARTS = some.sampled_from(["html", "text"])
ALIASES = some.sampled_from([None, "home", "shop", "news"])
LINKS = some.lists(some.tuples(PARTS, ALIASES, some.integers(1, 3)), max_size=8).map(
    lambda rows: [
        a_link(number, part=part, alias=alias, url=f"https://example.org/{url}")
        for number, (part, alias, url) in enumerate(rows, start=1)
    ]
)


def test_a_link_is_called_by_its_alias_and_else_by_its_url() -> None:
    assert label_of(a_link(1, alias="home")) == "home"
    assert label_of(a_link(1)) == "https://example.org/1"


def test_one_address_with_two_aliases_is_two_labels_and_two_addresses_with_one_alias_are_one() -> None:
    links = [
        a_link(1, url="https://example.org/a", alias="top"),
        a_link(2, url="https://example.org/a", alias="bottom"),
        a_link(3, url="https://example.org/b", alias="top"),
    ]
    assert labelled(links, None, None) == {"top": frozenset({1, 3}), "bottom": frozenset({2})}
    assert labelled(links, ["bottom", "gone"], None) == {"bottom": frozenset({2})}


@given(LINKS, some.sampled_from([None, "html", "text"]), some.sampled_from(["all", "some"]))
def test_a_counter_of_people_is_moved_by_exactly_the_links_it_stands_for(
    links: list[TrackedLinkV1], part: Literal["html", "text"] | None, asked: str
) -> None:
    wanted = None if asked == "all" else sorted({label_of(link) for link in links[::2]})
    meant = meaning(links, wanted, part)
    counter = people_counter(links, alias_groups(links), meant)
    if counter is None:
        return
    moved_by = {number for number, things in things_of_links(links).items() if counter in things}
    of_part = {link.number for link in links if part in (None, link.part)}
    assert moved_by == (of_part if meant.links is None else meant.links)
