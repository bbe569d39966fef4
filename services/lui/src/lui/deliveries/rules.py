"""How a delivery stands, what may still be asked of it, and what it counts before mailer has counted."""

from collections.abc import Mapping
from typing import Literal, Protocol

from common.contracts.mailer import DeliveryState, EnvelopeState
from lui.deliveries.errors import DeliveryOver

ControlAction = Literal["pause", "resume", "cancel", "retry"]

ENDED = frozenset({DeliveryState.FINISHED, DeliveryState.FAILED, DeliveryState.CANCELLED})

_TAKEN = (EnvelopeState.SENT, EnvelopeState.BOUNCED, EnvelopeState.COMPLAINED)

# Asked, not done: mailer's state follows later, so pausing what was just resumed must stay possible.
_REFUSED: Mapping[ControlAction, frozenset[DeliveryState]] = {
    "pause": ENDED,
    "resume": ENDED,
    "cancel": ENDED,
    # A failed delivery never had recipients or content that could be sent.
    "retry": frozenset({DeliveryState.FAILED}),
}


def has_ended(state: DeliveryState) -> bool:
    """Whether mailer has nothing left to do, unless someone asks it to try again."""
    return state in ENDED


def require_controllable(state: DeliveryState, action: ControlAction) -> None:
    """Raises DeliveryOver when a delivery in `state` leaves nothing to do for `action`."""
    if state in _REFUSED[action]:
        raise DeliveryOver(f"A {state.value} delivery leaves nothing to {action}", state=state.value, action=action)


def every_count(counts: Mapping[EnvelopeState, int]) -> dict[str, int]:
    """`counts` with every state, those that mailer left out at zero."""
    return {state.value: counts.get(state, 0) for state in EnvelopeState}


def first_counts(recipient_count: int) -> dict[str, int]:
    """What is true before mailer has said anything: everybody waits."""
    return every_count({EnvelopeState.QUEUED: recipient_count})


def with_returned(counts: Mapping[str, int], *, returned: int, complained: int) -> dict[EnvelopeState, int]:
    """What mailer counted, with what has come back since; of the two, whoever knows of more is right.

    The sum stays: what comes back was sent before.
    """
    every = {state: counts.get(state.value, 0) for state in EnvelopeState}
    sent, bounced, complaining = (every[state] for state in _TAKEN)
    taken = sent + bounced + complaining
    back = min(taken, max(bounced + complaining, returned))
    complaints = min(back, max(complaining, complained))
    return every | dict(zip(_TAKEN, (taken - back, back - complaints, complaints), strict=True))


class Viewer(Protocol):
    """Who wants to see something."""

    @property
    def account_id(self) -> str:
        """The account."""

    @property
    def group_id(self) -> str | None:
        """Its group."""


def may_see(viewer: Viewer, *, owner_id: str, group_id: str | None) -> bool:
    """Whether a job's delivery is the viewer's own or the viewer's group's."""
    return viewer.account_id == owner_id or (group_id is not None and viewer.group_id == group_id)
