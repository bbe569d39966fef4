"""Where time comes from: a function passed in, so that tests own it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def utc_now_ms() -> int:
    """The same in milliseconds since 1970, for whoever asks at every request."""
    return time.time_ns() // 1_000_000
