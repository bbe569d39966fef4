"""lui with neighbours that know who reacted."""

from collections.abc import AsyncIterator, Callable

import pytest

from common.http import httpx
from lui.action_tags.routes import router as action_tags
from lui.jobs import routes as jobs
from tests.lui.integration.deliveries.world import World, a_world
from tests.support.reacting import Knowing


@pytest.fixture
def knowing() -> Knowing:
    return Knowing()


@pytest.fixture
async def lui(clone: Callable[[str], str], knowing: Knowing) -> AsyncIterator[World]:
    transport = httpx.MockTransport(knowing)
    async with a_world(clone("lui"), [*jobs.routers, action_tags], neighbours=transport) as world:
        yield world


@pytest.fixture
async def owner(lui: World) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.owner("create_jobs", "see_reports", "see_recipients") as client:
        yield client
