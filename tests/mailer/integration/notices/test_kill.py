"""kill -9 of the only sender of notices while it sends, again and again."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mailer.integration.notices.world import World, a_world, notice_settings
from tests.support.smtp import Sink, a_sink
from tests.support.wait import eventually

_PROGRAM = Path(__file__).with_name("sending_process.py")
_PEOPLE = [f"person{number}@example.org" for number in range(24)]
_KILLS = 2


@pytest.mark.timeout(240)
async def test_killing_the_sender_loses_nobody_and_repeats_at_most_the_one_letter_in_hand(
    clone: Callable[[str], str],
) -> None:
    url = clone("mailer")
    async with a_sink() as sink, a_world(notice_settings(url, sink.port)) as world:
        notice_id = await world.ask(_PEOPLE)
        # Fetched here, since the other processes have a lui of their own that knows nothing.
        world.held.append("others send")
        await world.loop.once()
        for number in range(_KILLS):
            process = await _started(url, sink.port)
            await eventually(lambda: len(sink.received) >= (number + 1) * 8, 60.0)  # noqa: B023 - asked at once
            process.kill()
            await process.wait()
        process = await _started(url, sink.port)
        try:
            await eventually(lambda: _is_over(world, notice_id), 60.0)
        finally:
            process.kill()
            await process.wait()
        assert set(sink.recipients) == set(_PEOPLE)
        assert sum(count - 1 for count in sink.copies.values()) <= _KILLS
        assert _all_copies_alike(sink)
        assert set((await world.states(notice_id)).values()) == {"sent"}


async def _started(url: str, port: int) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, str(_PROGRAM), url, str(port), stdout=DEVNULL, stderr=DEVNULL
    )


async def _is_over(world: World, notice_id: str) -> bool:
    (row,) = await world.mailer.rows("SELECT ended_at FROM mailer.notices WHERE id = :id", id=notice_id)
    return row.ended_at is not None


def _all_copies_alike(sink: Sink) -> bool:
    bodies: dict[str, set[bytes]] = {}
    for message in sink.received:
        bodies.setdefault(message.rcpt_to, set()).add(message.data)
    return all(len(each) == 1 for each in bodies.values())
