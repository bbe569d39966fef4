"""Which profiles an audience has, when none may be so small that it tells who somebody is."""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_PROFILE = 10
"""Recipients. A profile with fewer says more about single ones than it was asked to (`reliability` D5)."""
MAX_PROFILES = 1_000
MAX_PROFILE_COLUMNS = 5
MAX_PROFILE_VALUE = 64
"""Characters; what is longer is no group but a remark."""
_MAX_OCTETS = 200_000
"""All profiles together: they travel in one request with up to 300 links."""

Group = tuple[tuple[str, ...], int]
"""Values of the chosen columns, and how many recipients share them."""


@dataclass(frozen=True)
class Profiles:
    """The profiles that stand for themselves, largest first; everybody else is of the merged rest."""

    kept: tuple[Group, ...]
    merged_profiles: int
    """How many different combinations of values are in the rest."""
    merged_people: int


def merged(groups: Sequence[Group], *, combinations: int, people: int) -> Profiles:
    """The profiles out of the largest groups of an audience with so many combinations of values and people.

    When the rest would have fewer than ten itself, the smallest profiles join it until it has ten.
    """
    kept: list[Group] = []
    octets = 0
    for values, count in sorted(groups, key=lambda group: (-group[1], group[0])):
        octets += sum(len(value.encode()) + 4 for value in values)
        if count < SMALLEST_PROFILE or len(kept) == MAX_PROFILES or octets > _MAX_OCTETS:
            break
        kept.append((values, count))
    rest = people - sum(count for _, count in kept)
    while kept and 0 < rest < SMALLEST_PROFILE:
        rest += kept.pop()[1]
    return Profiles(tuple(kept), combinations - len(kept), rest)
