"""A thread that computes, and the loop that reads and writes for it."""

import asyncio
import threading

import pytest

from lui.audience.bridge import Abandoned, Bridge
from tests.support.wait import eventually


async def doubled(number: int) -> int:
    return 2 * number


async def test_the_thread_asks_the_loop() -> None:
    bridge = Bridge()
    assert await bridge.run(lambda: sum(bridge.call(doubled(number)) for number in range(10))) == 90


async def test_what_goes_wrong_in_the_thread_goes_wrong_for_who_waits() -> None:
    bridge = Bridge()

    async def failing() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await bridge.run(lambda: bridge.call(failing()))


async def test_the_loop_goes_on_meanwhile() -> None:
    bridge, released = Bridge(), threading.Event()
    running = asyncio.create_task(bridge.run(lambda: released.wait(10)))
    assert await doubled(2) == 4
    released.set()
    assert await running


async def test_cancelled_work_ends_before_the_wait_does() -> None:
    bridge = Bridge()
    asked: list[int] = []
    ended = threading.Event()

    async def never(number: int) -> None:
        asked.append(number)
        await asyncio.Event().wait()

    def work() -> None:
        try:
            for number in range(3):
                bridge.call(never(number))
        except Abandoned:
            ended.set()
            raise

    running = asyncio.create_task(bridge.run(work))
    await eventually(lambda: asked)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert ended.is_set()
    assert asked == [0]
