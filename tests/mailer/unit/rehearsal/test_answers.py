"""Which envelope gets which answer is drawn from its address and the seed, and from nothing else."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.lui import RehearsalV1
from mailer.rehearsal.rules import SAMPLE_OCTETS, SAMPLES, Answer, Sample, Script, kept, rate
from mailer.rehearsal.sink import Run

SHARES = {"greylist": 0.1, "refuse": 0.05, "drop_after_dot": 0.02, "slow": 0.03}
PEOPLE = [b"person%d@example.org" % number for number in range(20_000)]


def script(**shares: float) -> Script:
    return Script(RehearsalV1.model_validate(shares), len(PEOPLE))


def script_of(count: int, **shares: float) -> Script:
    return Script(RehearsalV1.model_validate(shares), count)


def test_the_shares_are_kept() -> None:
    drawn = Counter(script(**SHARES).lot(person).answer for person in PEOPLE)
    assert {word: round(drawn[Answer(word)] / len(PEOPLE), 2) for word in SHARES} == SHARES
    assert drawn[Answer.ACCEPT] == len(PEOPLE) - sum(drawn[Answer(word)] for word in SHARES)


@pytest.mark.parametrize("word", list(SHARES))
def test_a_whole_share_spares_nobody(word: str) -> None:
    assert {script(**{word: 1.0}).lot(person).answer for person in PEOPLE[:2_000]} == {Answer(word)}


def test_the_same_seed_answers_the_same_in_another_process() -> None:
    code = (
        "from common.contracts.lui import RehearsalV1; from mailer.rehearsal.rules import Script;"
        "s = Script(RehearsalV1(greylist=.5, seed=7), 100);"
        "print([s.lot(b'person%d@example.org' % n).answer.value for n in range(50)])"
    )
    ours, others = (
        [script_of(100, greylist=0.5, seed=seed).lot(person).answer.value for person in PEOPLE[:50]] for seed in (7, 8)
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert other.stdout.strip() == str(ours)
    assert ours != others


def test_who_was_sent_away_once_is_accepted_the_next_time() -> None:
    run = Run(script(greylist=0.5, drop_after_dot=0.5))
    lots = [run.script.lot(person) for person in PEOPLE[:5_000]]
    assert {run.answer(lot) for lot in lots} >= {Answer.GREYLIST, Answer.DROP_AFTER_DOT}
    assert {run.answer(lot) for lot in lots} == {Answer.ACCEPT}


def test_hardly_anybody_is_taken_for_somebody_else() -> None:
    run = Run(script(greylist=1.0))
    assert Counter(run.answer(run.script.lot(person)) for person in PEOPLE)[Answer.ACCEPT] < len(PEOPLE) / 100


def test_the_memory_of_a_million_is_bounded() -> None:
    assert script_of(1_000_000).memory_bits / 8 == 8_000_000
    assert script_of(1).memory_bits / 8 <= 1 << 20


def test_the_case_of_an_address_does_not_change_its_answer() -> None:
    drawn = script(greylist=0.5)
    assert [drawn.lot(person.upper()) for person in PEOPLE[:100]] == [drawn.lot(person) for person in PEOPLE[:100]]


@given(st.permutations(range(40)), st.integers(0, 3))
def test_the_same_samples_are_kept_in_whatever_order_they_come(order: list[int], split: int) -> None:
    run, other = Run(script()), Run(script())
    for number in order:
        (other if number % 4 < split else run).offer(Sample(number, f"{number}@example.org", b"x" * number))
    both = kept([*run.samples, *other.samples])
    assert [sample.rank for sample in both] == list(range(SAMPLES))


def test_large_samples_are_fewer_and_one_is_always_kept() -> None:
    large = [Sample(rank, "a@example.org", b"x" * (SAMPLE_OCTETS // 3)) for rank in range(8)]
    huge = Sample(0, "a@example.org", b"x" * (2 * SAMPLE_OCTETS))
    assert [sample.rank for sample in kept(large)] == [0, 1, 2]
    assert kept([huge, *large[1:]]) == [huge]


def test_a_repeated_message_is_one_sample() -> None:
    run = Run(script())
    for _ in range(3):
        run.offer(Sample(5, "a@example.org", b"x"))
    assert len(run.samples) == 1


@pytest.mark.parametrize(
    ("total", "seconds", "expected"), [(100, 4.0, 25.0), (0, 4.0, 0.0), (5, None, None), (5, 0, None)]
)
def test_the_rate_is_over_the_whole_time(total: int, seconds: float | None, expected: float | None) -> None:
    assert rate(total, seconds) == expected
