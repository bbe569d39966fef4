"""When a delivery may start, why it waits, how fast it is, and what a control does to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.mailer import DeliveryState, EnvelopeState

_D = DeliveryState
OPEN = frozenset({_D.PREPARING, _D.RUNNING, _D.PAUSED})
STATED_EVERY = timedelta(seconds=1)
_SMOOTHING = 0.3
_DONE = frozenset(EnvelopeState) - {
    EnvelopeState.QUEUED, EnvelopeState.SENDING, EnvelopeState.DEFERRED, EnvelopeState.IN_DOUBT,
}  # fmt: skip


def needs_barrier(plan: TrackingPlanV1) -> bool:
    """Whether the tracker must know the links first: no click may come before its link is known."""
    return plan.level is not TrackingLevel.OFF and (plan.opens or bool(plan.links))


@dataclass(frozen=True, slots=True)
class Readiness:
    """What starting depends on."""

    is_pulled: bool
    pull_problem: str | None
    waits_for_tracker: bool
    not_before: datetime
    is_held: bool


def waits_for(readiness: Readiness, now: datetime) -> str | None:
    """In plain words what a preparing delivery waits for; None when it may start."""
    if not readiness.is_pulled:
        return readiness.pull_problem or "the recipients are being fetched"
    if readiness.waits_for_tracker:
        return "the tracker has not loaded the links yet"
    if now < readiness.not_before:
        return f"it starts at {readiness.not_before:%Y-%m-%d %H:%M} UTC"
    return None


def why_quiet(counts: Mapping[EnvelopeState, int], *, is_asked: bool = False) -> str | None:
    """In plain words why a running delivery does not move; None while there is something to send now."""
    if counts.get(EnvelopeState.QUEUED, 0) or counts.get(EnvelopeState.SENDING, 0):
        return None
    if counts.get(EnvelopeState.DEFERRED, 0):
        return "the servers of the remaining recipients asked to be tried again later"
    if counts.get(EnvelopeState.IN_DOUBT, 0):
        if is_asked:
            return "somebody has to decide about messages that may have arrived or not"
        return "for some messages no answer came; they are tried again after a while"
    return None


def state_after(action: str, state: DeliveryState) -> DeliveryState:
    """Where a delivery goes when someone pauses, resumes or cancels it; its own state when that means nothing there.

    A preparing delivery keeps preparing when paused: it is held, and starts out paused.
    """
    moves = {
        ("pause", _D.RUNNING): _D.PAUSED,
        ("resume", _D.PAUSED): _D.RUNNING,
        ("cancel", _D.PREPARING): _D.CANCELLED,
        ("cancel", _D.RUNNING): _D.CANCELLED,
        ("cancel", _D.PAUSED): _D.CANCELLED,
    }
    return moves.get((action, state), state)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many are done, how fast, and when it will be over."""

    done: int
    rate_per_second: float
    expected_end: datetime | None


def pace(before: tuple[int, float, datetime] | None, counts: Mapping[EnvelopeState, int], now: datetime) -> Pace:
    """The pace since the last statement, smoothed; `before` is done, rate and time then."""
    done = sum(counts.get(state, 0) for state in _DONE)
    left = sum(counts.values()) - done
    if before is None or now <= before[2]:
        return Pace(done, before[1] if before else 0.0, None)
    latest = max(done - before[0], 0) / (now - before[2]).total_seconds()
    rate = latest if not before[1] else _SMOOTHING * latest + (1 - _SMOOTHING) * before[1]
    rate = round(rate, 2)
    end = now + timedelta(seconds=left / rate) if rate > 0.01 and left and left / rate < 366 * 86_400 else None
    return Pace(done, rate, end)
