"""Time that moves when a test says so."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class FixedClock:
    """A `common.clock.Clock` that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta | None = None, **units: float) -> datetime:
        """Move on: `clock.advance(minutes=5)`."""
        self.now += by or timedelta(**units)
        return self.now
