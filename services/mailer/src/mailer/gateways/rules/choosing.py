"""Which of several gateways a message takes: the same for the same key, in proportion to the weights."""

import hashlib
import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

_MASK = (1 << 64) - 1


class Weighed(Protocol):
    """What can be chosen."""

    @property
    def seed(self) -> int:
        """A number that stands for it in every process."""

    @property
    def weight(self) -> int:
        """Its part, against those of the others."""


W = TypeVar("W", bound=Weighed)


def seed_of(name: str) -> int:
    """A number that stands for a gateway in every process."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")


def chosen(candidates: Sequence[W], key: int) -> W:
    """Weighted rendezvous hashing: taking one candidate away moves only the keys it had."""
    if len(candidates) == 1:
        return candidates[0]
    best, best_score = candidates[0], -1.0
    for each in candidates:
        # The finaliser of SplitMix64: two multiplications spread neighbouring keys over the whole range.
        mixed = (key ^ each.seed) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        mixed ^= mixed >> 31
        score = -each.weight / math.log((mixed + 0.5) / 2.0**64)
        if score > best_score:
            best, best_score = each, score
    return best
