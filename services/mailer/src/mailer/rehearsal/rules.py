"""Which answer an envelope of a rehearsal gets, and which messages are kept. Drawn, but never by chance."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from common.contracts.lui import RehearsalV1

SAMPLES = 10
SAMPLE_OCTETS = 8 * 1024 * 1024
"""All samples of one rehearsal together; one is kept whatever its size."""
_BITS_PER_RECIPIENT = 64
_LEAST_BITS = 1 << 23


class Answer(StrEnum):
    """What the built-in receiver does with an envelope."""

    ACCEPT = "accept"
    GREYLIST = "greylist"
    """Told to come back, once; then accepted."""
    REFUSE = "refuse"
    DROP_AFTER_DOT = "drop_after_dot"
    """Taken without a word, once: the connection closes after the final dot; then accepted."""
    SLOW = "slow"


REPLIES = {
    Answer.GREYLIST: b"451 4.7.1 Rehearsed: greylisted, come back later\r\n",
    Answer.REFUSE: b"550 5.1.1 Rehearsed: no such mailbox\r\n",
}
_DRAWN = (Answer.GREYLIST, Answer.REFUSE, Answer.DROP_AFTER_DOT, Answer.SLOW)


@dataclass(frozen=True, slots=True)
class Lot:
    """What was drawn for an envelope."""

    answer: Answer
    rank: int
    """The lowest ranks become samples. 63 bits, so that PostgreSQL can keep it."""
    bit: int
    """Its place in the memory of those who were sent away once."""


@dataclass(frozen=True)
class Script:
    """The answers of one rehearsal."""

    shares: RehearsalV1
    recipient_count: int

    @property
    def memory_bits(self) -> int:
        """Bits that remember who was sent away once: bounded, and so roomy that hardly two share one."""
        return max(_LEAST_BITS, self.recipient_count * _BITS_PER_RECIPIENT)

    def lot(self, address: bytes) -> Lot:
        """The same for the same seed and recipient, in every process."""
        drawn = hashlib.sha256(b"%d %b" % (self.shares.seed, address.lower())).digest()
        share = int.from_bytes(drawn[:7], "big") / float(1 << 56)
        answer = Answer.ACCEPT
        for candidate in _DRAWN:
            share -= getattr(self.shares, candidate.value)
            if share < 0:
                answer = candidate
                break
        rank = int.from_bytes(drawn[8:16], "big") >> 1
        return Lot(answer, rank, int.from_bytes(drawn[16:24], "big") % self.memory_bits)


@dataclass(frozen=True, slots=True)
class Sample:
    """A message that may be kept."""

    rank: int
    rcpt_to: str
    data: bytes


def kept(samples: Sequence[Sample]) -> list[Sample]:
    """Those of the samples that stay: the lowest ranks, ten of them and not more octets than there is room for."""
    found: list[Sample] = []
    octets = 0
    for sample in sorted(samples, key=lambda each: each.rank)[:SAMPLES]:
        octets += len(sample.data)
        if found and octets > SAMPLE_OCTETS:
            break
        found.append(sample)
    return found


def rate(total: int, duration_seconds: float | None) -> float | None:
    """Messages a second over the whole rehearsal, waits included."""
    return round(total / duration_seconds, 1) if duration_seconds else None
