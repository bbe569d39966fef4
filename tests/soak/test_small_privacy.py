"""The attack on privacy, through real tables, small enough for every run of the suite."""

import pytest

from tests.soak.privacy_attack import area, area_within, privacy_attack

FEWER = 2_000
WIDER = 0.06
"""With fewer recipients chance itself strays further; `make soak` asks for 0.02 at 20,000, at 1, 5 and 20 a second."""


@pytest.mark.timeout(240)
def test_nobody_can_tell_who_opened_at_blind_and_at_anonymous_once_the_key_is_gone() -> None:
    result = privacy_attack(FEWER, WIDER, rates=(20.0,))
    assert result.wrong == [], result.numbers


def test_the_area_is_one_half_for_ties_and_one_for_knowledge() -> None:
    opened = [True, False, True, False]
    assert area([1, 1, 1, 1], opened) == 0.5
    assert area([2, 1, 2, 1], opened) == 1
    assert area([1, 2, 1, 2], opened) == 0
    assert area_within([5, 5, 1, 1], opened, ["a", "a", "b", "b"]) == 0.5
