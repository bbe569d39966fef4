from datetime import timedelta

from hub.components.rules import state_of
from tests.support.clock import START


def test_a_component_is_missing_after_thirty_seconds_without_a_word() -> None:
    seen = START - timedelta(seconds=30)
    assert state_of(ready=True, last_seen_at=seen, now=START) == "ready"
    assert state_of(ready=False, last_seen_at=seen, now=START) == "starting"
    assert state_of(ready=True, last_seen_at=seen - timedelta(milliseconds=1), now=START) == "missing"
