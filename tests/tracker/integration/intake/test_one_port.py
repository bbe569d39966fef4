"""One address for everything: pixels and links over intake's own protocol, the rest handed to the application."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from fastapi.routing import APIRoute

from common.http import httpx
from common.service.resources import Resources
from common.service.run import _Server, _server_config
from tests.support.builders.tracker import KEYS, a_token, an_entry
from tests.support.wait import eventually
from tracker.app import now_ms, reports_app, with_intake
from tracker.config import TrackerSettings
from tracker.intake.listener import OTHERS, Listener
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.server import IntakeServing
from tracker.intake.spool.writer import SpoolLimits


@pytest.fixture
async def url(settings: TrackerSettings, resources: Resources) -> AsyncIterator[str]:
    """The server of the chassis, as `tracker serve` starts it."""
    process = IntakeProcess.open(IntakeOptions(settings.data_dir, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0)))
    process.links.add([an_entry()])
    app = with_intake(reports_app(settings, resources), process, resources.clock)
    serving = IntakeServing(Listener(process.service, now_ms=now_ms(resources.clock)))
    server = _Server(_server_config(settings.model_copy(update={"http_port": 0}), app, serving))
    running = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running  # ends with open connections, and only when the spool is sealed
    assert process.spool.is_closed


async def test_pixels_links_health_and_api_answer_under_one_address_and_on_one_connection(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as client:
        for _ in range(2):  # handed on with the connection, then the same handler behind the application's server
            pixel = await client.get(f"/o/{a_token()}.gif")
            link = await client.get(f"/c/{a_token()}/1")
            assert (pixel.status_code, len(pixel.content)) == (200, 43)
            assert (link.status_code, link.headers["location"]) == (302, "https://example.org/1")
            assert (await client.get("/c/nonsense")).status_code == 404
            assert (await client.get("/health/live")).json() == {"live": True}
            assert (await client.get("/api/v1/openapi.json")).status_code == 200
            assert (await client.get("/api/v1/nonsense")).headers["content-type"] == "application/problem+json"
            assert re.search(r'hits_answered_total\{kind="open"\} [1-9]', (await client.get("/metrics")).text)


async def test_a_body_for_the_application_reaches_it_whole(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as client:
        await client.get("/robots.txt")
        large = await client.post("/api/v1/nonsense", content=b"x" * 500_000)
        assert large.status_code == 404
        assert (await client.get("/health/live")).status_code == 200


async def test_both_ways_to_the_handler_say_the_same(url: str) -> None:
    """Everything of an answer but what the server adds to it."""
    paths = [f"/o/{a_token()}.gif", f"/c/{a_token()}/1", "/c/nonsense", "/o/", "/robots.txt"]
    async with httpx.AsyncClient(base_url=url) as own, httpx.AsyncClient(base_url=url) as mounted:
        await mounted.get("/health/live")
        for path in paths:
            for method in ("GET", "HEAD", "POST"):
                first, second = await own.request(method, path), await mounted.request(method, path)
                assert (first.status_code, first.content) == (second.status_code, second.content), (method, path)
                assert _kept(first) == _kept(second), (method, path)


def test_every_path_of_the_application_is_handed_to_it(settings: TrackerSettings, resources: Resources) -> None:
    routes = reports_app(settings, resources).openapi()["paths"]
    paths = [*routes, *[route.path for route in reports_app(settings, resources).routes if isinstance(route, APIRoute)]]

    assert paths
    assert [path for path in paths if not path.encode().startswith(OTHERS)] == []


def _kept(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in ("date", "server", "connection")}
