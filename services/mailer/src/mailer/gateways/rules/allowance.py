"""What this process may still use of the current hour at a gateway, taken from the database in blocks."""

from collections.abc import Callable

FOREVER = float("inf")


class Allowance:
    """`left` is infinite without a limit. `admit` reads and lowers it directly, once per message."""

    __slots__ = ("_clock", "left", "more_at", "until")

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.left = FOREVER
        self.until = FOREVER
        """When the hour ends that it was taken from; nothing of it is valid afterwards."""
        self.more_at = 0.0
        """When there may be more."""

    def limit(self, *, is_limited: bool) -> None:
        """Count from now on, or no more."""
        if not is_limited:
            self.left, self.until = FOREVER, FOREVER
        elif self.left == FOREVER:
            self.left = 0

    def add(self, count: int, until: float) -> None:
        """Use so many more of the hour that ends at `until`."""
        self.left, self.until = self.remaining + count, until

    def take_back(self) -> int:
        """Give up what is left; the answer is how much."""
        remaining = self.remaining
        if self.left != FOREVER:
            self.left = 0
        return remaining

    @property
    def is_limited(self) -> bool:
        """Whether anything is counted."""
        return self.left != FOREVER

    @property
    def remaining(self) -> int:
        """What is left and still valid, 0 when nothing is counted."""
        return 0 if self.left == FOREVER or self._clock() >= self.until else int(self.left)
