"""Hours that pass, so that what was gathered in them is mixed."""

from datetime import timedelta

from common.service.resources import Resources
from tests.support.clock import FixedClock
from tracker.reactions.mixing import mix_hour


async def mixed(resources: Resources, clock: FixedClock) -> None:
    """Two hours later, since two tables take turns; the clock moves."""
    for _ in range(2):
        clock.now = clock.now.replace(minute=3) + timedelta(hours=1)
        await mix_hour(resources.uow)
