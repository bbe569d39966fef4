"""Once an hour is over, what may be known to the hour only is mixed: nothing tells any more in which order it came.

First the rows of whoever reacted in it, some people drawn by lot at a time, since hits of that delivery wait meanwhile;
then all hits, at once. A crash in between leaves the hits where they are, and mixing people twice does no harm.
"""

import random
import sys
from array import array
from collections.abc import Sequence

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from tracker.plans import service as plans
from tracker.plans.plan import Plan
from tracker.reactions.gathering import SETTLED, GatheringRepository, Touched, gathering_hour
from tracker.reactions.judgings import JudgingRepository
from tracker.tallies import service as tallies
from tracker.tallies.rules import PROFILE_SHIFT, Remembered, Thing, remembered_at, thing_of

log = get_logger()
PEOPLE_AT_ONCE = 10_000
_LOTS = random.SystemRandom()


async def mix_hour(units: UnitOfWorkFactory) -> bool:
    """Mix what arrived before this hour, if that waits; returns whether it did."""
    async with units.reader() as uow:
        before = gathering_hour(uow.now)
        gathered = GatheringRepository(uow.session, before)
        if uow.now < before + SETTLED or not await gathered.is_waiting():
            return False
        touched = {number: await gathered.touched(number) for number in await gathered.deliveries()}
        known = await plans.plans_by_number(uow, touched)
    for number, plan in sorted(known.items()):
        await _mix_people(units, plan, touched[number])
    async with units() as uow:
        if judged_otherwise := await GatheringRepository(uow.session, before).move():
            await JudgingRepository(uow.session).request(judged_otherwise, now=uow.now)
    log.info("an hour of reactions mixed", before=before, deliveries=len(touched))
    return True


async def _mix_people(units: UnitOfWorkFactory, plan: Plan, touched: Touched) -> None:
    remembered = [
        thing
        for thing in (thing_of(plan, kind, link) for kind, link in touched.things)
        if thing.remembered is not Remembered.NOBODY
    ]
    subjects = _subjects(plan, touched.subjects) if remembered else []
    _LOTS.shuffle(subjects)
    for at in range(0, len(subjects), PEOPLE_AT_ONCE):
        async with units() as uow:
            await tallies.mix_people(uow, plan.delivery_number, _keys(remembered), subjects[at : at + PEOPLE_AT_ONCE])
    async with units() as uow:
        await tallies.rewrite(uow, plan.delivery_number, touched.hours)


def _subjects(plan: Plan, packed: bytes) -> list[int]:
    subjects = array("Q", packed)
    if sys.byteorder == "little":
        subjects.byteswap()
    if remembered_at(plan.level) is Remembered.PROFILES:
        return list({subject >> PROFILE_SHIFT for subject in subjects})
    return list(subjects)


def _keys(things: Sequence[Thing]) -> Sequence[tuple[str, int]]:
    return sorted({(thing.kind, link) for thing in things for link in thing.counted_under})
