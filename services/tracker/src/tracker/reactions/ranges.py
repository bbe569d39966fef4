"""Which records of a segment were counted, as ranges of octets: a record was if it begins in one of them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Range = tuple[int, int]
"""From an offset up to, and without, the next."""


def merged(ranges: Iterable[Range]) -> Sequence[Range]:
    """The same offsets in as few ranges as possible, in order."""
    kept: list[Range] = []
    for first, following in sorted(ranges):
        if kept and first <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], following))
        else:
            kept.append((first, following))
    return kept


def uncovered(records: Iterable[Range], counted: Sequence[Range]) -> Sequence[Range]:
    """Those records that do not begin in any of the merged ranges, each of them once, in order."""
    starts = [first for first, _ in counted]
    fresh = []
    for record in sorted(set(records)):
        index = bisect_right(starts, record[0]) - 1
        if index < 0 or record[0] >= counted[index][1]:
            fresh.append(record)
    return fresh
