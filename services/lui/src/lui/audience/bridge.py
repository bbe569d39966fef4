"""Work that computes runs in a thread; what it reads and writes stays on the event loop, which owns the connections."""

import asyncio
import concurrent.futures
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")

# Two, so that a short list need not wait for a long one; more would only add memory, there is one interpreter lock.
_THREADS = concurrent.futures.ThreadPoolExecutor(max_workers=2, thread_name_prefix="audience")


class Abandoned(RuntimeError):
    """Nobody waits for the result any more."""


class Bridge:
    """Between one thread and the loop that started it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._abandoned = False
        self._waiting_for: concurrent.futures.Future[Any] | None = None

    async def run(self, work: Callable[[], _T]) -> _T:
        """What `work` returns, computed in a thread. When cancelled, ends the thread's work before it returns."""
        running = self._loop.run_in_executor(_THREADS, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self._abandoned = True
            if self._waiting_for is not None:
                self._waiting_for.cancel()
            await asyncio.wait([running])
            raise

    def call(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        """From the thread: what `coroutine` returns, run on the loop. Raises Abandoned when nobody waits any more."""
        if self._abandoned:
            coroutine.close()
            raise Abandoned
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        self._waiting_for = future
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise Abandoned from None
