"""The long verification of `make soak`, made short."""

from tests.soak.dkim_verified import verified
from tests.soak.result import Result


def test_every_signature_holds_for_both_verifiers_and_no_altered_one_does() -> None:
    result: Result = verified(20, seed=1)
    assert result.is_good, result.wrong
    assert result.numbers["signatures"] == result.numbers["verified_twice"] == 40
