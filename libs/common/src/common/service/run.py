"""One process: an HTTP server and background tasks, started together and stopped in order."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp

from common.config import ServiceSettings
from common.observability.logging import get_logger

log = get_logger()
Background = Callable[[], Awaitable[None]]
HttpProtocol = Callable[..., asyncio.BaseProtocol]
"""Called by the server for each connection, with its config, its state and the application's."""
IN_HAND_SECONDS = 20.0
HTTP_SECONDS = 10


class BackgroundTaskEnded(RuntimeError):
    """A task that runs for the life of the process returned."""


class ServerNotStarted(RuntimeError):
    """The address is taken or may not be listened on."""


class _Server(uvicorn.Server):
    """A server that leaves signals to `run`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the process has one place that listens to signals."""
        yield


async def run(
    *,
    settings: ServiceSettings,
    http: ASGIApp | None,
    background: Sequence[Background] = (),
    protocol: HttpProtocol | None = None,
) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code: 0 when told to stop, 1 when a task failed.

    `protocol` is what a service speaks to clients with, if not with the server's own.

    Order of stopping: background tasks are cancelled and given 20 s to finish what is in hand, then the server
    stops taking connections and gives open requests 10 s. What is shared is closed by `open_resources` afterwards.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = _Server(_server_config(settings, http, protocol)) if http is not None else None
    serving = asyncio.create_task(_serve(server), name="http") if server else None
    tasks = [asyncio.create_task(_forever(each), name=_name(each)) for each in background]
    waiting = asyncio.create_task(stop.wait(), name="signals")
    log.info("started", http=http is not None, tasks=[task.get_name() for task in tasks])
    try:
        everything = [waiting, *tasks, *([serving] if serving else [])]
        await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        failed = _report([task for task in (*tasks, *([serving] if serving else [])) if task.done()])
        await _end(tasks)
        if server and serving:
            server.should_exit = True
            await asyncio.gather(serving, return_exceptions=True)
        log.info("stopped", failed=failed)
        return 1 if failed else 0
    finally:
        waiting.cancel()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _serve(server: uvicorn.Server) -> None:
    try:
        await server.serve()
    except SystemExit:
        # It would leave the loop at once, and what is open would not be closed.
        raise ServerNotStarted(f"{server.config.host}:{server.config.port}") from None


def _server_config(settings: ServiceSettings, app: ASGIApp, protocol: HttpProtocol | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        loop="none",
        http=cast(Any, protocol) or "httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=HTTP_SECONDS,
        timeout_keep_alive=30,
        backlog=1_024,
    )


async def _forever(task: Background) -> None:
    await task()
    raise BackgroundTaskEnded(_name(task))


def _name(task: Background) -> str:
    return getattr(task, "__qualname__", type(task).__name__)


def _report(done: Sequence[asyncio.Task[None]]) -> bool:
    for task in done:
        error = None if task.cancelled() else task.exception()
        log.error("a task ended and the process with it", task=task.get_name(), exc_info=error)
    return bool(done)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=IN_HAND_SECONDS)
    for task in late:
        log.warning("task did not finish in time", task=task.get_name())
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
