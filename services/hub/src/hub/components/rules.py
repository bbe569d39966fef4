"""When a component counts as missing, and when as gone."""

from datetime import datetime, timedelta

from hub.components.record import State

MISSING_AFTER = timedelta(seconds=30)
"""Three heartbeats."""
FORGOTTEN_AFTER = timedelta(days=1)


def state_of(*, ready: bool, last_seen_at: datetime, now: datetime) -> State:
    """What is known about a process: heard of lately and able to work, not able to, or not heard of any more."""
    if now - last_seen_at > MISSING_AFTER:
        return "missing"
    return "ready" if ready else "starting"
