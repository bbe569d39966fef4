"""Tracker is killed again and again while recipients' programs ask, and NATS with it: answered is recorded, once."""

import asyncio
import signal
from functools import partial

from tests.soak.result import Result
from tests.soak.tracker_field import TrackerField, TrackerProcess, a_tracker_field, compare, first
from tests.support.hitting import Crowd
from tests.support.wait import eventually, settled

RATE = 2_000
_NATS_EVERY = 10
_SETTLED_SECONDS = 300.0
_CONNECTIONS = 32


def tracker_kills(hits: int, kills: int) -> Result:
    """`kills` times SIGKILL, spread over the hits; every tenth time NATS too."""
    return asyncio.run(_killed(hits, kills))


async def _killed(hits: int, kills: int) -> Result:
    result = Result("tracker killed", {"hits": hits, "kills": kills, "rate": RATE, "connections": _CONNECTIONS})
    async with a_tracker_field() as field:
        tracker = field.tracker("all")
        await tracker.start()
        await field.knows_the_plan(tracker)
        crowd = Crowd(tracker.port, first(hits), connections=_CONNECTIONS)
        asking = asyncio.create_task(crowd.ask_all(rate=RATE))
        for number in range(1, kills + 1):
            await eventually(partial(_has_asked, crowd, number * hits // (kills + 1)), deadline=_SETTLED_SECONDS)
            await _strike(field, tracker, with_nats=number % _NATS_EVERY == 0 or kills < _NATS_EVERY)
        answers = await asking
        await field.until_recorded(answers, seconds=_SETTLED_SECONDS)
        await settled(lambda: asyncio.to_thread(field.counted), quiet=2, deadline=_SETTLED_SECONDS)
        await asyncio.to_thread(tracker.end, signal.SIGTERM)
        compare(result, field, answers)
        most = 2 * kills * _CONNECTIONS  # one in hand, and one more that was asked of what was already dying
        result.expect(len(answers.broken) <= most, f"{len(answers.broken)} were broken off by {kills} kills")
    return result


async def _strike(field: TrackerField, tracker: TrackerProcess, *, with_nats: bool) -> None:
    await asyncio.to_thread(tracker.end, signal.SIGKILL)
    if with_nats:
        await asyncio.to_thread(field.nats.kill)
        await asyncio.to_thread(field.nats.start)
    await tracker.start()


def _has_asked(crowd: Crowd, enough: int) -> bool:
    return len(crowd.answers.statuses) + len(crowd.answers.broken) >= enough
