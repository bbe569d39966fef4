"""Nobody but tracker is there: links lead on without PostgreSQL and NATS, and what was answered is counted later."""

import asyncio
import signal

from tests.soak.result import Result
from tests.soak.tracker_field import TrackerField, TrackerProcess, a_tracker_field, compare, first
from tests.support.hitting import Answers, Crowd
from tests.support.wait import settled

_CONNECTIONS = 64
_END_SECONDS = 1_800.0
_MOST_MILLISECONDS = 10.0
DRAINED_SECONDS = 60.0


def without_anybody(seconds: float, rate: int, most_ms: float | None = _MOST_MILLISECONDS) -> Result:
    """PostgreSQL and NATS are both away while so many hits a second come in."""
    return asyncio.run(_without_anybody(seconds, rate, most_ms))


def drained(hits: int, most_seconds: float = DRAINED_SECONDS) -> Result:
    """NATS is away while so many hits pile up; when it is back, how long until the last of them is counted."""
    return asyncio.run(_drained(hits, most_seconds))


async def _without_anybody(seconds: float, rate: int, most_ms: float | None) -> Result:
    result = Result("tracker alone", {"seconds": seconds, "rate": rate, "connections": _CONNECTIONS})
    async with a_tracker_field() as field:
        intake = await _started(field)
        await asyncio.to_thread(field.nats.kill)
        await asyncio.to_thread(field.postgres.kill)
        answers = await Crowd(intake.port, first(int(rate * seconds)), connections=_CONNECTIONS).ask_all(rate=rate)
        result.numbers |= {
            "p50_ms": round(answers.percentile(0.5), 2),
            "p99_ms": round(answers.percentile(0.99), 2),
            "worst_ms": round(answers.percentile(1), 1),
        }
        await asyncio.to_thread(field.postgres.start)
        await asyncio.to_thread(field.nats.start)
        await _counted(result, field, answers)
        if most_ms is not None:
            result.expect(answers.percentile(0.99) <= most_ms, f"one answer in a hundred took more than {most_ms} ms")
    return result


async def _drained(hits: int, most_seconds: float) -> Result:
    result = Result("tracker's backlog", {"hits": hits, "connections": _CONNECTIONS})
    async with a_tracker_field() as field:
        intake = await _started(field)
        await asyncio.to_thread(field.nats.kill)
        answers = await Crowd(intake.port, first(hits), connections=_CONNECTIONS).ask_all()
        result.expect(field.counted()[0] < hits // 2, "the backlog did not pile up")
        await asyncio.to_thread(field.nats.start)
        took = await _counted(result, field, answers)
        result.numbers |= {"drained_s": round(took, 1), "hits_per_second": round(hits / took)}
        result.expect(took <= most_seconds, f"draining took {took:.0f} s")
    return result


async def _started(field: TrackerField) -> TrackerProcess:
    """As in production: one process answers, another one counts."""
    intake, worker = field.tracker("public"), field.tracker("worker")
    await intake.start()
    await worker.start()
    await field.knows_the_plan(intake)
    return intake


async def _counted(result: Result, field: TrackerField, answers: Answers) -> float:
    result.expect(not answers.broken, f"{len(answers.broken)} connections were broken off")
    took = await field.until_recorded(answers, seconds=_END_SECONDS)
    await settled(lambda: asyncio.to_thread(field.counted), quiet=2, deadline=60)
    for process in field.processes:
        await asyncio.to_thread(process.end, signal.SIGTERM)
    compare(result, field, answers)
    return took
