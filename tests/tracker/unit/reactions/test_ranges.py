"""However a spool is cut, repeated and mixed up, each of its records is counted once, and little is remembered."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from tracker.reactions.ranges import Range, merged, uncovered

SPOOL = some.lists(some.integers(9, 300), min_size=1, max_size=40).map(
    lambda lengths: [(60 + sum(lengths[:index]), 60 + sum(lengths[: index + 1])) for index in range(len(lengths))]
)


@some.composite
def spools_in_pieces(draw: some.DrawFn) -> tuple[list[Range], list[list[Range]]]:
    """The records of a spool, and pieces of it in any order and number, all of it at least once."""
    spool = draw(SPOOL)
    ends = some.integers(0, len(spool))
    pieces = [spool[min(cut) : max(cut)] for cut in draw(some.lists(some.tuples(ends, ends), max_size=12))]
    return spool, draw(some.permutations([*pieces, spool]))


@given(spools_in_pieces())
def test_every_record_is_counted_once(given: tuple[list[Range], list[list[Range]]]) -> None:
    spool, pieces = given
    counted: list[Range] = []
    seen: Counter[Range] = Counter()
    for piece in pieces:
        fresh = uncovered(piece, counted)
        seen.update(fresh)
        counted = list(merged((*counted, *fresh)))

    assert seen == Counter(spool)
    assert counted == [(spool[0][0], spool[-1][1])]


@given(some.lists(some.tuples(some.integers(0, 500), some.integers(1, 50)).map(lambda at: (at[0], at[0] + at[1]))))
def test_merging_keeps_every_offset_and_leaves_gaps_between(ranges: list[Range]) -> None:
    kept = merged(ranges)

    offsets = {offset for first, following in ranges for offset in range(first, following)}
    assert {offset for first, following in kept for offset in range(first, following)} == offsets
    assert all(one[1] < other[0] for one, other in pairwise(kept))
