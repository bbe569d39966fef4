"""How a notice to one address goes on: what an outcome means, and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.contracts.notices import NoticeState

MOST_DOUBTS = 2
"""After the first one it is sent once more, with the same octets; after the second one never again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How patiently notices are sent."""

    waits: tuple[timedelta, ...]
    """Between attempts; the last one repeats."""
    doubt: timedelta
    """How long an address rests before its one repetition."""
    lease: timedelta
    """When an attempt that nobody ended counts as left behind; longer than any attempt may take."""

    def wait(self, attempts: int) -> timedelta:
        """After so many attempts."""
        return self.waits[min(max(attempts, 1), len(self.waits)) - 1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to."""

    code: int | None
    text: str
    is_accepted: bool = False
    is_final: bool = False
    """A refusal of this address or message: repeating it is useless."""
    is_in_doubt: bool = False
    """The end of the message may have left, and no answer came."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An address after an attempt."""

    state: NoticeState
    doubts: int
    due_at: datetime | None


LEFT_BEHIND = Outcome(None, "the process that sent it ended before the answer came", is_in_doubt=True)


def after(outcome: Outcome, *, attempts: int, doubts: int, at: datetime, terms: Terms) -> Standing:
    """Where an address stands after its attempt number `attempts`."""
    if outcome.is_accepted:
        return Standing(NoticeState.SENT, doubts, None)
    if outcome.is_in_doubt:
        again = doubts + 1 < MOST_DOUBTS
        return Standing(NoticeState.IN_DOUBT, doubts + 1, at + terms.doubt if again else None)
    if outcome.is_final:
        return Standing(NoticeState.REFUSED, doubts, None)
    return Standing(NoticeState.DEFERRED, doubts, at + terms.wait(attempts))


def given_up(state: NoticeState) -> NoticeState:
    """What an address is when its notice is no use any more: what may have been sent stays in doubt."""
    return NoticeState.IN_DOUBT if state is NoticeState.IN_DOUBT else NoticeState.EXPIRED


def message_id(notice_id: str, position: int, sender_address: str) -> str:
    """The same on every attempt, so that receivers who look for copies find them."""
    return f"{notice_id}.{position}@{sender_address.rpartition('@')[2]}"
