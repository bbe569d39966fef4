"""What each role of the one command does, and does not."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp, Message

from common.contracts.shared import Role
from common.http import httpx
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from tests.support.builders.tracker import a_token
from tests.support.wait import eventually
from tracker import worker
from tracker.__main__ import Composition
from tracker.config import TrackerSettings
from tracker.intake.asgi import IntakeBranch
from tracker.intake.spool.folder import IntakeFolder

TICKS = [
    "open_barriers",
    "state_tallies",
    "judge_next",
    "drop_acceptances",
    "prepare_partitions",
    "purge_reactions",
    "mix_hours",
]


@pytest.fixture
def composition() -> Composition:
    return Composition()


def names(composition: Composition, settings: TrackerSettings, resources: Resources, role: Role) -> list[str]:
    return [
        getattr(task, "__qualname__", "").rpartition(".")[2] for task in composition.tasks(settings, resources, role)
    ]


async def live(app: ASGIApp) -> None:
    """The server starts and stops."""
    heard: Iterator[Message] = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said: list[str] = []

    async def receive() -> Message:
        return next(heard)

    async def send(message: Message) -> None:
        said.append(message["type"])

    await app({"type": "lifespan"}, receive, send)
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def status(app: ASGIApp, path: str) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://tracker") as client:
        return (await client.get(path)).status_code


async def test_all_is_everything(composition: Composition, settings: TrackerSettings, resources: Resources) -> None:
    app = composition.create_app(settings, resources, "all")

    assert names(composition, settings, resources, "all") == [*TICKS, "follow_plans"]
    assert await status(app, "/internal/v1/report") == 401
    assert await status(app, "/robots.txt") == 200
    await live(app)


async def test_public_answers_recipients_and_nobody_else(
    composition: Composition, settings: TrackerSettings, resources: Resources
) -> None:
    app = composition.create_app(settings, resources, "public")

    assert names(composition, settings, resources, "public") == ["follow_plans"]
    assert await status(app, "/robots.txt") == 200
    assert await status(app, f"/o/{a_token()}.gif") == 404
    assert await status(app, "/internal/v1/report") == 404
    await live(app)


async def test_public_is_ready_once_it_knows_links_whatever_else_is_away(
    composition: Composition, settings: TrackerSettings, resources: Resources
) -> None:
    async def away() -> str | None:
        return "away"

    resources.health.add("database", away)
    app = composition.create_app(settings, resources, "public")
    assert await status(app, "/health/ready") == 503  # a new one would not know where links lead

    following = asyncio.ensure_future(composition.tasks(settings, resources, "public")[0]())

    async def is_ready() -> bool:
        return await status(app, "/health/ready") == 200

    await eventually(is_ready)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await live(app)


async def test_api_has_reports_and_no_spool(
    composition: Composition, settings: TrackerSettings, resources: Resources
) -> None:
    app = composition.create_app(settings, resources, "api")

    assert not isinstance(app, IntakeBranch)
    assert names(composition, settings, resources, "api") == []
    assert not settings.data_dir.exists()


async def test_worker_has_the_ticks(composition: Composition, settings: TrackerSettings, resources: Resources) -> None:
    assert names(composition, settings, resources, "worker") == TICKS


async def test_when_the_server_has_stopped_the_folder_is_free_again(
    composition: Composition, settings: TrackerSettings, resources: Resources
) -> None:
    app = composition.create_app(settings, resources, "public")
    path = settings.data_dir / "intake-0"
    assert IntakeFolder.take(path) is None

    await live(app)

    free = IntakeFolder.take(path)
    assert free is not None
    free.release()


async def test_a_tick_that_fails_is_tried_again(
    settings: TrackerSettings, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[UnitOfWork] = []

    async def failing(uow: UnitOfWork) -> None:
        tried.append(uow)
        raise ConnectionError

    monkeypatch.setattr(worker, "_TICKS", ((failing, 0.01),))
    running = asyncio.ensure_future(worker.worker_tasks(settings, resources, "worker")[0]())

    await eventually(lambda: len(tried) >= 3)

    running.cancel()
