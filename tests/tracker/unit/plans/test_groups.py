from tests.support.builders.tracker import a_link
from tracker.plans.groups import alias_groups, things_of_links

LINKS = (
    a_link(1, alias="shop"),
    a_link(2, part="text", alias="news"),
    a_link(3, alias="alone"),
    a_link(4, part="text", alias="shop"),
    a_link(5, alias="news"),
    a_link(6),
)


def test_aliases_that_links_share_are_numbered_in_the_order_in_which_they_occur() -> None:
    assert alias_groups(LINKS) == {"shop": -3, "news": -4}
    assert alias_groups(LINKS[:3]) == {}


def test_a_link_counts_for_itself_for_any_for_its_part_and_for_the_alias_it_shares() -> None:
    assert things_of_links(LINKS) == {
        1: (1, 0, -1, -3),
        2: (2, 0, -2, -4),
        3: (3, 0, -1),
        4: (4, 0, -2, -3),
        5: (5, 0, -1, -4),
        6: (6, 0, -1),
    }
