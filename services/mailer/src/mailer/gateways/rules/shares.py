"""What one process may use of a limit that holds for the installation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A process among those that send: its place (from 0) and how many there are."""

    place: int = 0
    count: int = 1

    @classmethod
    def of(cls, process: str, others: set[str]) -> "Standing":
        """By the order of their names, on which all agree without talking."""
        everybody = sorted({process, *others})
        return cls(everybody.index(process), len(everybody))

    def part_of(self, whole: int) -> int:
        """An integer's share; the shares of all processes sum to the whole, so some may get nothing."""
        return whole // self.count + (1 if self.place < whole % self.count else 0)

    def rate_of(self, rate: float | None) -> float | None:
        """A rate's share; None stays unlimited."""
        return None if rate is None else rate / self.count


BLOCKS_PER_HOUR = 40


def block_of(limit: int, processes: int) -> int:
    """How much of an hour's allowance a process takes at once: little enough to share, enough for a few seconds."""
    return max(1, limit // (BLOCKS_PER_HOUR * processes))
