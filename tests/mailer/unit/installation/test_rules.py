"""A copy of an installation is known to be one, and the installation itself is never taken for a copy."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.installation.rules import FAILED_OVER, MOVED, RESTORED, Generation, Machines, why_held

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HERE = Generation("7710976774655921121", 1)
NOBODY = Machines({}, {})
STILL = Machines({"a": NOW}, {"a": NOW})
ALIVE = Machines({"a": NOW + timedelta(seconds=3)}, {"a": NOW})


@pytest.mark.parametrize(
    ("now", "mine", "machines", "reason"),
    [
        (HERE, "a", STILL, None),
        (HERE, "a", NOBODY, None),
        (HERE, "", STILL, None),
        (HERE, "b", ALIVE, None),
        (HERE, "b", STILL, MOVED),
        (Generation("1", 1), "a", ALIVE, RESTORED),
        (Generation("1", 2), "a", ALIVE, RESTORED),
        (Generation(HERE.system_identifier, 2), "a", ALIVE, FAILED_OVER),
    ],
)
def test_what_is_held_and_why(now: Generation, mine: str, machines: Machines, reason: str | None) -> None:
    assert why_held(HERE, now, mine, machines) == reason
