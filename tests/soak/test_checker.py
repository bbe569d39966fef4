"""The judge of the storms sees everything that can be wrong."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.soak.checker import Evidence, judge
from tests.soak.ledger import ACCEPTED, INTENT, Entry
from tests.soak.sink import Accepted


def copy(ordinal: int, at: float = 2.0, digest: str = "d") -> Accepted:
    return Accepted(at, f"person{ordinal}@people.example", f"<{ordinal}@x>", digest)


def entries(*ordinals: int) -> list[Entry]:
    intents = [Entry(n, ordinal, INTENT, 1, 1.0) for n, ordinal in enumerate(ordinals)]
    return [*intents, *(Entry(100 + n, ordinal, ACCEPTED, 1, 3.0) for n, ordinal in enumerate(ordinals))]


def evidence(**changes: object) -> Evidence:
    everybody: Mapping[int, str] = {n: f"person{n}@people.example" for n in (1, 2, 3)}
    sound = Evidence(
        everybody, dict.fromkeys(everybody, "sent"), entries(1, 2, 3), [copy(n) for n in everybody], {"sent": 3}, 0
    )
    return replace(sound, **changes)  # type: ignore[arg-type]


def test_what_adds_up_is_good() -> None:
    verdict = judge(evidence())
    assert (verdict.wrong, verdict.copies, verdict.extra, verdict.lost) == ([], 3, 0, 0)


def test_other_peoples_messages_do_not_matter() -> None:
    tester = Accepted(2.0, "tester@tutti.test", "<t>", "d")
    assert judge(evidence(accepted=[*(copy(n) for n in (1, 2, 3)), tester])).wrong == []


def test_extra_copies_that_faults_explain_are_counted_and_good() -> None:
    again = [*(copy(n) for n in (1, 2, 3)), copy(2)]
    assert judge(evidence(accepted=again, allowed_extra=1)).wrong == []
    assert judge(evidence(accepted=again, allowed_extra=1)).extra == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accepted": [copy(1), copy(2)]}, "1 are called sent and did not arrive"),
        ({"states": {1: "sent", 2: "sent", 3: "queued"}}, "1 arrived and are not called sent"),
        ({"accepted": [*(copy(n) for n in (1, 2, 3)), copy(2)]}, "1 extra copies, and the faults explain 0"),
        (
            {"accepted": [*(copy(n) for n in (1, 2, 3)), copy(2, digest="other")], "allowed_extra": 1},
            "1 recipients got copies that differ",
        ),
        ({"states": {1: "sent", 2: "sent"}}, "the ledger has other envelopes than were frozen"),
        ({"report": {"sent": 2}}, "the report's sum is not the number of recipients"),
        ({"report": {"sent": 2, "refused": 1}}, "the ledger counts {'sent': 3} and the report"),
        ({"entries": entries(1, 2)}, "1 arrived before an intent was written"),
        ({"accepted": [copy(1, at=0.5), copy(2), copy(3)]}, "1 arrived before an intent was written"),
        ({"entries": [*entries(1, 2, 3), Entry(999, 2, INTENT, 2, 4.0)]}, "1 intents follow an acceptance"),
        (
            {"accepted": [copy(1), copy(2)], "states": {1: "sent", 2: "sent", 3: "refused"}},
            "1 acceptances of what never arrived",
        ),
        (
            {"accepted": [copy(1), copy(2), replace(copy(3), message_id="<2@x>")]},
            "two recipients share a Message-ID",
        ),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_said(changes: dict[str, object], said: str) -> None:
    assert [each for each in judge(evidence(**changes)).wrong if said in each]
