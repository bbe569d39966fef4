"""Intake as one process for the bench of the tracker, and what it is compared with; prints the port it listens on.

    python -m tests.bench.tracker_server checked|durable|insert FOLDER [DSN]

`checked` verifies the token, and keeps nothing; `durable` is intake as it runs; `insert` is the
same handler behind an ordinary server that puts each hit into PostgreSQL before it answers.
"""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import uvicorn
import uvloop
from psycopg import AsyncConnection
from starlette.types import Receive, Scope, Send

from common.clock import utc_now
from tests.support.builders.tracker import KEYS
from tracker.app import now_ms
from tracker.intake.connection import IntakeConnection
from tracker.intake.handler import Intake
from tracker.intake.link_table import LinkTable
from tracker.intake.listener import Listener
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.replies import Reply
from tracker.intake.service import IntakeService
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.writer import SpoolLimits
from tracker.intake.visit import HeaderList, Visit

_POOL = 10
_INSERT = "INSERT INTO hits VALUES (%s, %s, %s, %s, to_timestamp(%s), %s, %s, %s)"


class Checked(IntakeService):
    """Answers at once and keeps nothing."""

    def __init__(self, intake: Intake) -> None:
        self._only = intake

    def take(self, visit: Visit, release: Callable[[], None]) -> tuple[Reply, bool]:
        """The reply: its hit is forgotten."""
        del release
        return self._only.answer(visit)[0], False


class Inserting:
    """One INSERT a hit, over a few connections, before the answer."""

    def __init__(self, intake: Intake, dsn: str) -> None:
        self._intake = intake
        self._dsn = dsn
        self._free: asyncio.Queue[AsyncConnection[Any]] = asyncio.Queue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        del receive
        if scope["type"] != "http":
            return
        if self._free.empty() and not self._free.maxsize:
            await self._open()
        visit = Visit(
            scope["method"].encode(), scope["raw_path"], HeaderList(scope["headers"]), scope["client"][0], _NOW()
        )
        reply, hit = self._intake.handle(visit)
        if hit is not None:
            row = (hit.kind, hit.delivery_number, hit.subject, hit.link_number, hit.at_ms / 1000)
            connection = await self._free.get()
            await connection.execute(_INSERT, (*row, hit.method, hit.agent, hit.network))
            self._free.put_nowait(connection)
        await send({"type": "http.response.start", "status": reply.status, "headers": list(reply.headers)})
        await send({"type": "http.response.body", "body": reply.body})

    async def _open(self) -> None:
        self._free = asyncio.Queue(_POOL)
        for _ in range(_POOL):
            connection = await AsyncConnection.connect(self._dsn, autocommit=True, prepare_threshold=0)
            self._free.put_nowait(connection)


_NOW = now_ms(utc_now)


async def _intake(mode: str, folder: Path) -> None:
    if mode == "durable":
        process = IntakeProcess.open(IntakeOptions(folder, KEYS, SpoolLimits(reserve=0)))
        service, close = process.service, process.close
    else:
        service, close = Checked(Intake(KEYS, LinkTable(IntakeFolder.claim(folder).links))), None
    listener, connections = Listener(service, now_ms=_NOW), set[Any]()
    server = await asyncio.get_running_loop().create_server(
        lambda: IntakeConnection(listener, asyncio.Protocol, connections), "127.0.0.1", 0, backlog=1_024
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    server.close()
    if close is not None:
        await close()


def _inserting(folder: Path, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS hits (kind text, delivery bigint, subject bigint, link int,"
            " at timestamptz, method text, agent text, network text)"
        )
    app = Inserting(Intake(KEYS, LinkTable(IntakeFolder.claim(folder).links)), dsn)
    config = uvicorn.Config(app, port=0, http="httptools", loop="uvloop", log_config=None, access_log=False)
    socket = config.bind_socket()
    socket.listen(1_024)
    sys.stdout.write(f"{socket.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run([socket])


if __name__ == "__main__":
    if sys.argv[1] == "insert":
        _inserting(Path(sys.argv[2]), sys.argv[3])
    else:
        uvloop.run(_intake(sys.argv[1], Path(sys.argv[2])))
