"""What may still be asked of a delivery, and what it counts."""

from dataclasses import dataclass

import pytest

from common.contracts.mailer import DeliveryState, EnvelopeState
from lui.deliveries import rules
from lui.deliveries.errors import DeliveryOver

OVER = {DeliveryState.FINISHED, DeliveryState.FAILED, DeliveryState.CANCELLED}


@dataclass(frozen=True)
class Viewer:
    account_id: str
    group_id: str | None


@pytest.mark.parametrize("state", DeliveryState)
def test_exactly_the_three_final_states_have_ended(state: DeliveryState) -> None:
    assert rules.has_ended(state) is (state in OVER)


@pytest.mark.parametrize("action", ["pause", "resume", "cancel"])
@pytest.mark.parametrize("state", DeliveryState)
def test_a_delivery_that_is_over_is_neither_paused_resumed_nor_cancelled(
    state: DeliveryState, action: rules.ControlAction
) -> None:
    if state not in OVER:
        rules.require_controllable(state, action)
        return
    with pytest.raises(DeliveryOver) as refused:
        rules.require_controllable(state, action)
    assert refused.value.facts == {"state": state.value, "action": action}


@pytest.mark.parametrize("state", DeliveryState)
def test_only_a_failed_delivery_is_not_tried_again(state: DeliveryState) -> None:
    if state is DeliveryState.FAILED:
        with pytest.raises(DeliveryOver):
            rules.require_controllable(state, "retry")
    else:
        rules.require_controllable(state, "retry")


def test_before_mailer_has_counted_everybody_waits() -> None:
    counts = rules.first_counts(7)
    assert counts["queued"] == sum(counts.values()) == 7
    assert set(counts) == {state.value for state in EnvelopeState}


def test_states_that_mailer_leaves_out_count_zero() -> None:
    assert rules.every_count({EnvelopeState.SENT: 3})["sent"] == 3
    assert rules.every_count({EnvelopeState.SENT: 3})["bounced"] == 0


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Viewer("owner", None), True),
        (Viewer("owner", "other"), True),
        (Viewer("colleague", "group"), True),
        (Viewer("stranger", "other"), False),
        (Viewer("stranger", None), False),
    ],
)
def test_a_delivery_is_seen_by_its_owner_and_the_owners_group(viewer: Viewer, seen: bool) -> None:  # noqa: FBT001
    assert rules.may_see(viewer, owner_id="owner", group_id="group") is seen


def test_accounts_without_a_group_are_no_group() -> None:
    assert not rules.may_see(Viewer("stranger", None), owner_id="owner", group_id=None)


@pytest.mark.parametrize(
    ("counted", "returned", "complained", "shown"),
    [
        ((10, 0, 0), 0, 0, (10, 0, 0)),
        ((10, 0, 0), 4, 1, (6, 3, 1)),
        ((6, 4, 0), 3, 0, (6, 4, 0)),  # mailer knows of one that has not reached us
        ((9, 1, 0), 1, 1, (9, 0, 1)),  # what bounced was complained about, too
        ((0, 0, 0), 1, 1, (0, 0, 0)),  # the news that it was sent is on its way
    ],
)
def test_what_came_back_was_sent_before(
    counted: tuple[int, int, int], returned: int, complained: int, shown: tuple[int, int, int]
) -> None:
    sent, bounced, complaints = counted
    counts = {"sent": sent, "bounced": bounced, "complained": complaints, "refused": 5}
    found = rules.with_returned(counts, returned=returned, complained=complained)
    assert (
        tuple(found[state] for state in (EnvelopeState.SENT, EnvelopeState.BOUNCED, EnvelopeState.COMPLAINED)) == shown
    )
    assert found[EnvelopeState.REFUSED] == 5
    assert set(found) == set(EnvelopeState)
