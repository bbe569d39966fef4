import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI

from common.http import httpx
from common.service.run import run
from tests.common.conftest import SampleSettings
from tests.support.engines import Nats, free_port
from tests.support.http import PRIVATE_KEYS, PUBLIC_KEYS
from tests.support.wait import eventually

# Starting an interpreter with everything in it takes seconds on a machine that is busy with other tests.
START_SECONDS = 90.0
pytestmark = pytest.mark.timeout(200)
ROOT = Path(__file__).parents[3]


class Environment(dict[str, str]):
    """What a deployment says to the sample."""

    def __init__(self, database: str, nats_url: str, **more: str) -> None:
        super().__init__(
            PATH=os.environ["PATH"],
            HUB_DATABASE_URL=database,
            HUB_NATS_URL=nats_url,
            HUB_HTTP_PORT=str(free_port()),
            HUB_HUB_URL="http://127.0.0.1:1",
            HUB_SERVICE_PRIVATE_KEY=PRIVATE_KEYS["hub"],
            HUB_SERVICE_PUBLIC_KEYS=json.dumps(PUBLIC_KEYS),
            HUB_COLOUR="blue",
        )
        self.update(more)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self['HUB_HTTP_PORT']}"


async def start(environment: dict[str, str], *arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        "-m",
        "tests.common.sample",
        *arguments,
        env=environment,
        cwd=ROOT,
        stdout=PIPE,
        stderr=PIPE,
    )


@asynccontextmanager
async def serving(environment: Environment, role: str = "all") -> AsyncIterator[Process]:
    process = await start(environment, "serve", "--role", role)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def status(environment: Environment, path: str) -> int:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(environment.base + path)).status_code
        except httpx.TransportError:
            return 0


async def test_a_process_serves_relays_consumes_and_stops_when_told(
    database: str, nats_server: Nats, unique_prefix: str
) -> None:
    environment = Environment(database, nats_server.address, HUB_NATS_SUBJECT_PREFIX=unique_prefix)
    async with serving(environment) as process:

        async def ready() -> bool:
            return await status(environment, "/health/ready") == 200

        await eventually(ready, deadline=START_SECONDS)
        assert await status(environment, "/metrics") == 200
        with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(
                "INSERT INTO hub.outbox (id, subject, body, headers, created_at) VALUES (gen_random_uuid(),"
                " 'hub.action.recorded.v1', %s, '{}', now())",
                [
                    json.dumps(
                        {
                            "at": "2026-11-22T09:00:00Z",
                            "actor_id": None,
                            "action": "a.b",
                            "target_type": "t",
                            "target_id": "9",
                        }
                    )
                ],
            )
            await eventually(lambda: connection.execute("SELECT text FROM hub.notes").fetchall() == [("seen 9",)])
            beats = "SELECT body FROM hub.outbox WHERE subject = 'hub.component.seen.v1' AND published_at IS NOT NULL"
            (body,) = await eventually(lambda: connection.execute(beats).fetchone() or ())
        assert json.loads(body)["role"] == "all"
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), START_SECONDS)
    assert process.returncode == 0, out + err
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["service"] for line in lines} == {"hub"}
    assert lines[-1]["event"] in ("stopped", "nats connection lost")
    assert not [line for line in lines if line["level"] == "error"]


async def test_a_worker_answers_for_its_health_and_for_nothing_else(
    database: str, nats_server: Nats, unique_prefix: str
) -> None:
    environment = Environment(database, nats_server.address, HUB_NATS_SUBJECT_PREFIX=unique_prefix)
    async with serving(environment, "worker"):

        async def live() -> bool:
            return await status(environment, "/health/live") == 200

        await eventually(live, deadline=START_SECONDS)
        assert await status(environment, "/api/v1/me") == 404


async def test_without_nats_it_is_up_and_says_why_it_is_not_ready(database: str) -> None:
    environment = Environment(database, "nats://127.0.0.1:1")
    async with serving(environment) as process:

        async def answering() -> bool:
            return await status(environment, "/health/ready") == 503

        await eventually(answering, deadline=START_SECONDS)
        assert await status(environment, "/health/live") == 200
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), START_SECONDS)
    assert process.returncode == 0


async def test_a_crashed_task_takes_the_process_down(database: str, nats_server: Nats, unique_prefix: str) -> None:
    environment = Environment(database, nats_server.address, HUB_CRASH="true", HUB_NATS_SUBJECT_PREFIX=unique_prefix)
    process = await start(environment, "serve")
    out, _ = await asyncio.wait_for(process.communicate(), START_SECONDS)
    assert process.returncode == 1
    crash = [json.loads(line) for line in out.splitlines() if b"ZeroDivisionError" in line]
    assert crash[0]["event"] == "a task ended and the process with it"


async def test_what_is_missing_is_named_and_no_value_is_shown(database: str) -> None:
    environment = Environment(database, "x", HUB_HTTP_PORT="many-ports")
    del environment["HUB_COLOUR"]
    process = await start(environment, "serve")
    _, err = await process.communicate()
    assert process.returncode == 2
    assert b"HUB_COLOUR: Field required" in err
    assert b"HUB_HTTP_PORT: " in err
    assert b"many-ports" not in err


async def test_check_prints_what_was_understood_without_secrets(database: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    environment = Environment(database, "nats://x", HUB_EXTRA_SECRET_FILE=str(tmp_path / "secret"))
    process = await start(environment, "check")
    out, _ = await process.communicate()
    shown = json.loads(out)
    assert shown["colour"] == "blue"
    assert shown["extra_secret"] == "**********"
    assert PRIVATE_KEYS["hub"].encode() not in out
    assert b"from a file" not in out


async def test_the_description_needs_no_environment_and_is_always_the_same() -> None:
    one, two = [await (await start({"PATH": os.environ["PATH"]}, "openapi")).communicate() for _ in "12"]
    assert one == two
    assert b"/api/v1/notes" in one[0]
    assert one[1] == b""


async def test_dead_letters_are_listed_retried_and_dropped(database: str) -> None:
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO hub.dead_letters (consumer, message_id, subject, body, headers, error, attempts, created_at)"
            " VALUES ('hub__action_recorded', 'm', 's', '{}', '{}', 'why', 8, now())"
        )
        letter = "SELECT retry_requested_at IS NOT NULL FROM hub.dead_letters"
        environment = Environment(database, "nats://x")

        async def letters(*arguments: str) -> tuple[int, bytes]:
            process = await start(environment, "dead-letters", *arguments)
            out, _ = await process.communicate()
            return process.returncode or 0, out

        code, out = await letters("list")
        assert code == 0
        listed = json.loads(out)
        assert (listed["error"], listed["attempts"]) == ("why", 8)
        assert (await letters("retry", str(listed["id"])))[0] == 0
        assert connection.execute(letter).fetchone() == (True,)
        assert (await letters("drop", str(listed["id"])))[0] == 0
        assert connection.execute(letter).fetchone() is None
        assert (await letters("drop", "99"))[0] == 1


class TestStopping:
    async def test_what_is_in_hand_is_finished_before_http_stops(self, settings: SampleSettings) -> None:
        order: list[str] = []
        settings = settings.model_copy(update={"http_port": free_port()})
        app = FastAPI()
        begun, free = asyncio.Event(), asyncio.Event()

        @app.get("/slow")
        async def slow() -> str:
            begun.set()
            await free.wait()
            order.append("request")
            return "done"

        async def worker() -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                order.append("worker")
                free.set()
                raise

        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.http_port}") as client:
            process = asyncio.create_task(run(settings=settings, http=app, background=[worker]))
            request = asyncio.create_task(self._when_up(client))
            await begun.wait()
            os.kill(os.getpid(), signal.SIGTERM)
            assert await asyncio.wait_for(process, 20) == 0
            assert (await request).json() == "done"
        assert order == ["worker", "request"]

    async def test_a_task_that_returns_ends_the_process(self, settings: SampleSettings) -> None:
        async def returns() -> None:
            return

        assert await asyncio.wait_for(run(settings=settings, http=None, background=[returns]), 10) == 1

    async def test_a_port_that_is_taken_ends_the_process(self, settings: SampleSettings, nats_server: Nats) -> None:
        taken = settings.model_copy(update={"http_port": nats_server.port})
        assert await asyncio.wait_for(run(settings=taken, http=FastAPI(), background=[]), 10) == 1

    @staticmethod
    async def _when_up(client: httpx.AsyncClient) -> Any:
        async def answer() -> Any:
            try:
                return await client.get("/slow", timeout=20)
            except httpx.ConnectError:
                return None

        return await eventually(answer)
