"""How long to leave alone what does not work: longer each time, never in step with others."""

from collections.abc import Callable
from dataclasses import dataclass

Chance = Callable[[], float]
"""Anything from 0 up to 1; `random.random` outside tests."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from `first` to `longest`, of which the upper half is left to chance."""

    first: float
    longest: float

    def wait(self, failures: int, chance: Chance) -> float:
        """Seconds after the so-manieth failure in a row, from 1."""
        full = min(self.first * 2.0 ** min(failures - 1, 30), self.longest)
        return full * (0.5 + chance() / 2)
