"""kill -9 of the only sender while it sends, again and again."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings, only
from tests.support.smtp import Sink, a_sink
from tests.support.wait import eventually

_PROGRAM = Path(__file__).with_name("sending_process.py")
_CONNECTIONS = 10
_KILLS = 2
_RECIPIENTS = 1_000


async def _start(url: str, port: int) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, str(_PROGRAM), url, str(port), stdout=DEVNULL, stderr=DEVNULL
    )


@pytest.mark.timeout(120)
async def test_killing_the_only_sender_loses_nobody_and_copies_at_most_one_per_connection(
    clone: Callable[[str], str],
) -> None:
    lui, audience, url = FakeLui(), an_audience(_RECIPIENTS), clone("mailer")
    async with a_sink() as sink, a_mailer(mailer_settings(url, sink.port), lui, sends=False) as mailer:
        delivery_id = await mailer.deliver(lui.offer(audience))
        for number in range(_KILLS):
            await _killed_after(await _start(url, sink.port), sink, (number + 1) * _RECIPIENTS // 4)
        last = await _start(url, sink.port)
        try:
            end = await mailer.finished(delivery_id, deadline=45.0)
        finally:
            last.kill()
            await last.wait()
        assert only(end.counts) == {"sent": _RECIPIENTS}
        assert set(sink.recipients) == set(audience.addresses)
        assert sum(count - 1 for count in sink.copies.values()) <= _KILLS * _CONNECTIONS
        copies: dict[str, set[bytes]] = {}
        for message in sink.received:
            copies.setdefault(message.rcpt_to, set()).add(message.data)
        assert all(len(bodies) == 1 for bodies in copies.values())


@pytest.mark.timeout(120)
async def test_a_new_process_takes_over_at_once_when_the_old_one_is_gone(clone: Callable[[str], str]) -> None:
    lui, url = FakeLui(), clone("mailer")
    async with a_sink() as sink:
        async with a_mailer(mailer_settings(url, sink.port), lui, sends=False) as idle:
            delivery_id = await idle.deliver(lui.offer(an_audience(4_000)))
            await _killed_after(await _start(url, sink.port), sink, 50)
        before = len(sink.received)
        async with a_mailer(mailer_settings(url, sink.port), lui) as second:
            # Long before the lease of the dead process is over.
            await eventually(lambda: len(sink.received) > before + _CONNECTIONS, 10.0)
            await second.finished(delivery_id, deadline=40.0)


async def _killed_after(process: Process, sink: Sink, count: int) -> None:
    await eventually(lambda: len(sink.received) >= count, 40.0)
    process.kill()
    await process.wait()
