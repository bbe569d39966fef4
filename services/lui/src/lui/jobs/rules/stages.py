"""Where a job stands and what can be done with it there."""

from common.contracts.mailer import DeliveryState
from lui.jobs.words import Action, Stage

ACTIONS: dict[Stage, frozenset[Action]] = {
    Stage.OPEN: frozenset({Action.EDIT, Action.TEST, Action.REHEARSE, Action.AUTHORIZE, Action.COPY, Action.DELETE}),
    Stage.WAITING: frozenset({Action.REHEARSE, Action.REVOKE, Action.TRIGGER, Action.COPY}),
    Stage.PROCESSING: frozenset({Action.PAUSE, Action.RESUME, Action.STOP, Action.COPY}),
    Stage.REPEATING: frozenset({Action.STOP, Action.COPY}),
    Stage.FAILED: frozenset({Action.REOPEN, Action.RETRY, Action.CLOSE, Action.COPY}),
    Stage.DELIVERED: frozenset({Action.COPY, Action.DELETE}),
    Stage.CLOSED: frozenset({Action.COPY, Action.DELETE}),
    Stage.ARCHIVED: frozenset({Action.DELETE}),
}


def allowed_actions(
    stage: Stage, *, waits_for_trigger: bool, delivery: DeliveryState | None, ready: bool
) -> frozenset[Action]:
    """What can be done now; `delivery` is the state of the latest live delivery, `ready` that nothing is missing."""
    actions = set(ACTIONS[stage])
    if not waits_for_trigger:
        actions.discard(Action.TRIGGER)
    if delivery is DeliveryState.PAUSED:
        actions.discard(Action.PAUSE)
    else:
        actions.discard(Action.RESUME)
    if delivery is not DeliveryState.CANCELLED:
        # What failed as a whole, or before anything was asked for, is prepared again; only what was stopped goes on.
        actions.discard(Action.RETRY)
    if not ready:
        actions.discard(Action.AUTHORIZE)
    return frozenset(actions)


def stage_after(finished: DeliveryState) -> Stage:
    """Where a job stands when its live delivery ended like this."""
    return Stage.DELIVERED if finished is DeliveryState.FINISHED else Stage.FAILED
