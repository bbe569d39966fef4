"""Where an envelope may go from where it stands. Nothing else decides that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from common.contracts.mailer import BounceClass, EnvelopeState

_S = EnvelopeState

MOVES: Mapping[EnvelopeState, frozenset[EnvelopeState]] = {
    _S.QUEUED: frozenset({_S.SENDING, _S.SUPPRESSED, _S.CANCELLED, _S.REFUSED, _S.EXPIRED}),
    _S.SENDING: frozenset(
        {_S.QUEUED, _S.SENT, _S.DEFERRED, _S.REFUSED, _S.IN_DOUBT, _S.SUPPRESSED, _S.EXPIRED, _S.CANCELLED}
    ),
    _S.DEFERRED: frozenset({_S.QUEUED, _S.SENDING, _S.SUPPRESSED, _S.CANCELLED, _S.EXPIRED}),
    # Never to `cancelled` or `expired`: it may have arrived, and saying otherwise would be a lie.
    _S.IN_DOUBT: frozenset({_S.QUEUED, _S.SENDING, _S.SENT, _S.BOUNCED, _S.COMPLAINED}),
    _S.SENT: frozenset({_S.BOUNCED, _S.COMPLAINED}),
    _S.BOUNCED: frozenset({_S.COMPLAINED}),
    _S.REFUSED: frozenset({_S.QUEUED}),
    _S.EXPIRED: frozenset({_S.QUEUED}),
    _S.CANCELLED: frozenset({_S.QUEUED}),
    _S.SUPPRESSED: frozenset(),
    _S.COMPLAINED: frozenset(),
}
"""Every permitted move. An envelope is always in exactly one state, and no state leads nowhere by accident."""

UNFINISHED = frozenset({_S.QUEUED, _S.SENDING, _S.DEFERRED, _S.IN_DOUBT})
"""While one envelope is in one of these, its delivery is not finished."""
CANCELLABLE = frozenset({_S.QUEUED, _S.DEFERRED})
RETRYABLE = frozenset({_S.CANCELLED, _S.REFUSED, _S.EXPIRED})
"""What a retry queues again: certain not to have arrived."""
DUE = frozenset({_S.QUEUED, _S.DEFERRED, _S.IN_DOUBT})
"""What a claimed chunk acts on."""


class ForbiddenMove(Exception):
    """An envelope was about to make a move that the table does not have."""


class Entry(IntEnum):
    """Kinds of rows in the send log."""

    INTENT = 1
    """We may send it: committed before the final dot."""
    ACCEPTED = 2
    DEFERRED = 3
    FAILED = 4
    UNKNOWN = 5
    """The connection broke between the final dot and the answer."""
    RESOLVED = 6
    """A doubt was decided without a new attempt."""
    WITHDRAWN = 7
    """An intent that was given up: the message was certainly not sent."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, or why there was none."""

    state: EnvelopeState
    reply_code: int | None = None
    enhanced_code: str | None = None
    bounce_class: BounceClass | None = None
    verb: str | None = None
    reply_text: str | None = None
    is_attempt: bool = True
    """Whether it counts as an attempt; being suppressed or cancelled does not."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says about an envelope."""

    bounce_class: BounceClass
    is_permanent: bool
    enhanced_code: str | None
    reply_code: int | None
    text: str


def move(now: EnvelopeState, to: EnvelopeState) -> EnvelopeState:
    """`to`, when an envelope may go there. Raises ForbiddenMove."""
    if to not in MOVES[now]:
        raise ForbiddenMove(f"{now} -> {to}")
    return to


def sources_of(state: EnvelopeState) -> list[EnvelopeState]:
    """The states an envelope may come from into `state`."""
    return [source for source in EnvelopeState if state in MOVES[source]]


def entry_for(state: EnvelopeState) -> Entry | None:
    """What the send log says about an outcome; None when the wire was not involved."""
    return {
        _S.SENT: Entry.ACCEPTED,
        _S.DEFERRED: Entry.DEFERRED,
        _S.REFUSED: Entry.FAILED,
        _S.IN_DOUBT: Entry.UNKNOWN,
    }.get(state)


def state_for(entry: Entry) -> EnvelopeState | None:
    """What an outcome found in the send log means; None when there is none: it is to be sent, or in doubt."""
    return {
        Entry.ACCEPTED: _S.SENT,
        Entry.DEFERRED: _S.DEFERRED,
        Entry.FAILED: _S.REFUSED,
        Entry.UNKNOWN: _S.IN_DOUBT,
        Entry.RESOLVED: _S.SENT,
    }.get(entry)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to try again."""

    waits: Sequence[timedelta]
    """After the first attempt, the second …; the last one repeats."""
    doubt: timedelta

    def next_attempt_at(self, now: datetime, attempts: int, expires_at: datetime) -> datetime | None:
        """When an envelope deferred for the `attempts`-th time is due, or None when it has expired."""
        wait = self.waits[min(max(attempts, 1), len(self.waits)) - 1]
        due = now + wait
        return None if due > expires_at else due


@dataclass(frozen=True, slots=True)
class Settled:
    """Where an outcome leaves an envelope."""

    state: EnvelopeState
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Attempts and doubts of an envelope so far, the present one included."""

    attempts: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a delivery's envelopes are settled by."""

    expires_at: datetime
    schedule: Schedule
    in_doubt: str
    """`resend`, `skip` or `ask`."""


def settle(outcome: Outcome, count: Count, *, now: datetime, terms: Terms) -> Settled:
    """Where an envelope goes after an outcome."""
    if outcome.state is _S.DEFERRED:
        due = terms.schedule.next_attempt_at(now, count.attempts, terms.expires_at)
        return Settled(_S.EXPIRED) if due is None else Settled(_S.DEFERRED, due)
    if outcome.state is _S.IN_DOUBT:
        if terms.in_doubt == "ask":
            return Settled(_S.IN_DOUBT, NEVER)
        # Repeated once. A second break is taken as sent: a third copy is worse than the small chance of none.
        is_enough = count.doubts > 1 or terms.in_doubt == "skip"
        return Settled(_S.SENT) if is_enough else Settled(_S.IN_DOUBT, now + terms.schedule.doubt)
    return Settled(outcome.state)


NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Due when somebody decides."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An intent without an outcome, as the next owner of its chunk finds it."""

    intent_at: datetime
    is_owner_gone: bool
    """Known to be gone, so that nobody can still be waiting for an answer."""


def decide(ambiguity: Ambiguity, *, now: datetime, quarantine: timedelta, policy: str) -> Settled:
    """What becomes of an ambiguous envelope: sent again with the same octets, or left until nobody can answer."""
    quiet_at = ambiguity.intent_at + quarantine
    if not ambiguity.is_owner_gone and now < quiet_at:
        return Settled(_S.IN_DOUBT, quiet_at)
    if policy == "ask":
        return Settled(_S.IN_DOUBT, NEVER)
    return Settled(_S.SENT) if policy == "skip" else Settled(_S.QUEUED)


def totals(pages: Sequence[Mapping[str, int]], open_count: int) -> dict[EnvelopeState, int]:
    """Counts of a delivery from its pages' counts; envelopes in a sender's hands are shown as `sending`."""
    counts = {state: sum(page.get(state.value, 0) for page in pages) for state in EnvelopeState}
    for source in (_S.QUEUED, _S.DEFERRED, _S.IN_DOUBT):
        taken = min(open_count, counts[source])
        counts[source] -= taken
        counts[_S.SENDING] += taken
        open_count -= taken
    return counts


def is_finished(counts: Mapping[EnvelopeState, int]) -> bool:
    """Whether no envelope is left to act on."""
    return not any(counts.get(state, 0) for state in UNFINISHED)
