"""lui with reports, and a tracker that counts what a test gives it."""

from collections.abc import AsyncIterator, Callable

import pytest

from common.http import httpx
from lui.access.routes import router as access
from lui.action_tags.routes import router as action_tags
from lui.dashboard.routes import router as dashboard
from lui.jobs import routes as jobs
from lui.reports.routes import people, router, routers
from lui.statistics.routes import router as statistics
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import World, a_world
from tests.lui.integration.reports.counting import CountingTracker, Desk


@pytest.fixture
def counting() -> CountingTracker:
    return CountingTracker()


@pytest.fixture
async def world(clone: Callable[[str], str], counting: CountingTracker) -> AsyncIterator[World]:
    all_routers = [access, statistics, *jobs.routers, router, people, *routers, dashboard, action_tags]
    neighbours = httpx.MockTransport(counting)
    async with a_world(clone("lui"), all_routers, neighbours=neighbours, subscriptions=SUBSCRIPTIONS) as made:
        yield made


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """The owner of everything, who may see everything."""
    async with world.owner("create_jobs", "see_reports", "see_recipients") as opened:
        yield opened


@pytest.fixture
async def job_id(client: httpx.AsyncClient) -> str:
    return str((await client.post("/api/v1/jobs", json={"title": "Recall", "prefix": "news"})).json()["id"])


@pytest.fixture
def desk(world: World, client: httpx.AsyncClient, counting: CountingTracker, job_id: str) -> Desk:
    return Desk(world, client, counting, job_id)
