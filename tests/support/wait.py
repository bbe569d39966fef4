"""Waiting for something to become true, instead of sleeping and hoping."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")
_LOOK_AGAIN_SECONDS = 0.02


@overload
async def eventually(condition: Callable[[], Awaitable[T]], deadline: float = ...) -> T: ...
@overload
async def eventually(condition: Callable[[], T], deadline: float = ...) -> T: ...
async def eventually(condition: Callable[[], Any], deadline: float = 15.0) -> Any:
    """The first truthy value of `condition`, asked again and again for `deadline` seconds; else AssertionError."""
    end = time.monotonic() + deadline
    while True:
        value = condition()
        seen = await value if inspect.isawaitable(value) else value
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(
                f"not true within {deadline} s: {inspect.getsource(condition).strip()}; last: {seen!r}"
            )
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)


@overload
async def settled(measure: Callable[[], Awaitable[T]], quiet: float = ..., deadline: float = ...) -> T: ...
@overload
async def settled(measure: Callable[[], T], quiet: float = ..., deadline: float = ...) -> T: ...
async def settled(measure: Callable[[], Any], quiet: float = 0.5, deadline: float = 15.0) -> Any:
    """The value of `measure` once it has not changed for `quiet` seconds."""
    end = time.monotonic() + deadline
    last: tuple[Any, float] | None = None
    while time.monotonic() < end:
        value = measure()
        seen = await value if inspect.isawaitable(value) else value
        now = time.monotonic()
        if last is None or last[0] != seen:
            last = (seen, now)
        elif now - last[1] >= quiet:
            return seen
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    raise AssertionError(f"still changing after {deadline} s; last: {last!r}")
