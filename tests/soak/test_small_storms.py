"""The storms of `make soak`, small enough for every run of the suite: one stack goes through all of them."""

from collections.abc import Iterator

import pytest

from tests.soak import at_the_gate, killing
from tests.soak.field import Field, a_field

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture(name="field", scope="module")
def _field() -> Iterator[Field]:
    with a_field() as made:
        yield made


@pytest.mark.parametrize("strike", [killing.KILL, killing.RESTART, killing.CRASH], ids=lambda strike: strike.name)
def test_sink_ledger_and_report_are_equal_after(field: Field, strike: killing.Strike) -> None:
    field.sink.slow_down(0.005)
    assert killing.struck(field, strike, 3_000, 2).wrong == []


def test_nobody_is_written_to_after_an_unsubscribe_was_acknowledged(field: Field) -> None:
    assert at_the_gate.unsubscribed(field, 20_000, 50).wrong == []


def test_a_second_after_a_pause_nothing_is_sent(field: Field) -> None:
    assert at_the_gate.paused(field, 6_000, 1).wrong == []
