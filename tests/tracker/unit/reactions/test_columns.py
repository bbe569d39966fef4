"""Lines become columns, each once, whatever is sent again; what is no record is not swallowed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from common.contracts.tracker import ReactionsSpooledV1
from tests.support.builders.tracker import a_batch, a_hit
from tracker.intake.spool.record import UnreadableRecord
from tracker.reactions.columns import fresh_of
from tracker.reactions.harvest import delay_of
from tracker.reactions.ranges import Range

WHOLE = a_batch(*(a_hit(subject=subject, agent="ä" * (subject % 3)) for subject in range(1, 31)))


def piece(start: int, end: int, *, twice: bool = False) -> ReactionsSpooledV1:
    lines = WHOLE.lines[start:end]
    first = int(lines[0].partition("\t")[0]) if lines else 0
    return WHOLE.model_copy(update={"lines": lines * (1 + twice), "first_offset": first})


PIECES = some.builds(
    lambda one, other, twice: piece(min(one, other), max(one, other), twice=twice),
    some.integers(0, 30),
    some.integers(0, 30),
    some.booleans(),
)


@given(some.lists(PIECES, max_size=10).flatmap(lambda pieces: some.permutations([*pieces, WHOLE])))
def test_however_a_spool_is_cut_and_repeated_every_line_is_fresh_once(pieces: list[ReactionsSpooledV1]) -> None:
    counted: list[Range] = []
    seen: Counter[str] = Counter()
    for each in pieces:
        fresh, after = fresh_of(each, counted)
        counted = list(after)
        seen.update(fresh.subjects if fresh is not None else ())

    assert seen == Counter(str(subject) for subject in range(1, 31))
    assert len(counted) == 1


def test_a_record_without_its_last_columns_has_them_empty() -> None:
    fresh, _ = fresh_of(
        ReactionsSpooledV1(spool_id="s", segment=0, first_offset=0, lines=("0\t1\to\t1\t3\t0\t1795338000000\tGET",)), ()
    )

    assert fresh is not None
    assert (list(fresh.agents), list(fresh.networks)) == ([""], [""])


@pytest.mark.parametrize(
    "lines",
    [
        ("0\t9\tsomething new",),
        ("0\t2\to\t1\t3\t0\t1\tGET\ta\tn",),
        ("0\t1\to\t1\t3\t0\t1\tGET\ta\tn", "nothing"),
    ],
)
def test_what_is_no_record_of_a_known_version_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableRecord):
        fresh_of(ReactionsSpooledV1(spool_id="s", segment=0, first_offset=0, lines=lines), ())


@pytest.mark.parametrize(
    ("at", "delay"),
    [(9_000, 9_000), (-1, 0), (-60_000, 0), (-60_001, None), (86_399_999, 86_399_999), (86_400_000, None)],
)
def test_a_delay_says_something_within_a_day_and_the_difference_of_clocks(at: int, delay: int | None) -> None:
    assert delay_of(1_795_338_000_000 + at, 1_795_338_000_000) == delay
