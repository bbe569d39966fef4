"""Fixtures of hub's tests."""

from collections.abc import AsyncIterator, Iterator

import pytest

from common.service.resources import Resources
from hub.config import HubSettings
from hub.tables import MESSAGING
from tests.support.builders.hub import ENCRYPTION_KEY, HubUnderTest
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.http import StubHub, make_settings, resources_for


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    url = databases.clone("hub")
    yield url
    databases.drop(url)


@pytest.fixture
def settings(database: str) -> HubSettings:
    return make_settings(HubSettings, database_url=database, encryption_key=ENCRYPTION_KEY, issuer="tutti")


@pytest.fixture
async def resources(settings: HubSettings, stub_hub: StubHub, clock: FixedClock) -> AsyncIterator[Resources]:
    async with resources_for(settings, MESSAGING, stub_hub, clock) as opened:
        yield opened


@pytest.fixture
async def hub(settings: HubSettings, resources: Resources, clock: FixedClock) -> HubUnderTest:
    return await HubUnderTest.open(settings, resources, clock)
