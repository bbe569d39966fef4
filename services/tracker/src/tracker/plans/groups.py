"""Numbers under which reactions are counted besides a link's own, worked out from a plan and nothing else.

Above 0: one link, or one action tag. 0: whatever it was. -1 and -2: any link of one part. From -3 down: the aliases
that several links share, in the order in which they first occur.
"""

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

from common.contracts.lui import TrackedLinkV1

ANY = 0
"""Any link, or any action tag."""
ANY_IN_HTML = -1
ANY_IN_TEXT = -2
FIRST_ALIAS_GROUP = -3
PARTS = MappingProxyType({"html": ANY_IN_HTML, "text": ANY_IN_TEXT})


def alias_groups(links: Sequence[TrackedLinkV1]) -> dict[str, int]:
    """The number of each alias that two or more links carry. A link alone under its alias needs none but its own."""
    carried = Counter(link.alias for link in links if link.alias)
    shared = (alias for alias, count in carried.items() if count > 1)
    return {alias: FIRST_ALIAS_GROUP - index for index, alias in enumerate(shared)}


def things_of_links(links: Sequence[TrackedLinkV1]) -> dict[int, tuple[int, ...]]:
    """By link: every number a click on it counts under, its own first."""
    groups = alias_groups(links)
    return {
        link.number: (
            link.number,
            ANY,
            PARTS[link.part],
            *((groups[link.alias],) if link.alias and link.alias in groups else ()),
        )
        for link in links
    }
