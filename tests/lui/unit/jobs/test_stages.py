import pytest

from common.contracts.mailer import DeliveryState
from lui.jobs.rules.stages import ACTIONS, allowed_actions, stage_after
from lui.jobs.words import Action, Stage


def test_every_stage_says_what_can_be_done() -> None:
    assert set(ACTIONS) == set(Stage)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.OPEN])
def test_only_an_open_job_is_edited_tested_and_authorized(stage: Stage) -> None:
    assert not ACTIONS[stage] & {Action.EDIT, Action.TEST, Action.AUTHORIZE}


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.PROCESSING, Stage.REPEATING, Stage.FAILED])
def test_an_ongoing_job_cannot_be_deleted(stage: Stage) -> None:
    assert Action.DELETE not in ACTIONS[stage]


@pytest.mark.parametrize("ready", [True, False])
def test_authorizing_is_offered_when_nothing_is_missing(*, ready: bool) -> None:
    actions = allowed_actions(Stage.OPEN, waits_for_trigger=False, delivery=None, ready=ready)
    assert (Action.AUTHORIZE in actions) is ready


@pytest.mark.parametrize("waits", [True, False])
def test_a_trigger_is_offered_to_those_who_wait_for_one(*, waits: bool) -> None:
    actions = allowed_actions(Stage.WAITING, waits_for_trigger=waits, delivery=None, ready=False)
    assert (Action.TRIGGER in actions) is waits


@pytest.mark.parametrize(
    ("state", "offered"), [(DeliveryState.RUNNING, Action.PAUSE), (DeliveryState.PAUSED, Action.RESUME)]
)
def test_pausing_and_resuming_take_turns(state: DeliveryState, offered: Action) -> None:
    actions = allowed_actions(Stage.PROCESSING, waits_for_trigger=False, delivery=state, ready=False)
    assert actions & {Action.PAUSE, Action.RESUME} == {offered}


@pytest.mark.parametrize("delivery", [None, DeliveryState.FAILED])
def test_only_what_was_stopped_is_tried_again(delivery: DeliveryState | None) -> None:
    other = allowed_actions(Stage.FAILED, waits_for_trigger=False, delivery=delivery, ready=False)
    stopped = allowed_actions(Stage.FAILED, waits_for_trigger=False, delivery=DeliveryState.CANCELLED, ready=False)
    assert stopped - other == {Action.RETRY}


@pytest.mark.parametrize(
    ("end", "stage"),
    [
        (DeliveryState.FINISHED, Stage.DELIVERED),
        (DeliveryState.FAILED, Stage.FAILED),
        (DeliveryState.CANCELLED, Stage.FAILED),
    ],
)
def test_only_a_finished_delivery_makes_a_delivered_job(end: DeliveryState, stage: Stage) -> None:
    assert stage_after(end) is stage
