"""Fixtures of the chassis' own tests."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic_settings import SettingsConfigDict

from common.config import ServiceSettings
from common.service.resources import Resources
from tests.common.sample.app import build, runs
from tests.common.sample.tables import MESSAGING
from tests.support.databases import Databases
from tests.support.http import Callers, StubHub, make_settings, resources_for

SAMPLE = "tests.common.sample"


class SampleSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="HUB_")


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """A migrated database of the sample service."""
    url = databases.clone(SAMPLE, "hub")
    yield url
    databases.drop(url)


@pytest.fixture
def settings(database: str) -> SampleSettings:
    return make_settings(SampleSettings, database_url=database)


@pytest.fixture
async def resources(settings: SampleSettings, stub_hub: StubHub) -> AsyncIterator[Resources]:
    async with resources_for(settings, MESSAGING, stub_hub) as opened:
        yield opened


@pytest.fixture
def callers(settings: SampleSettings, resources: Resources, stub_hub: StubHub) -> Callers:
    runs.clear()
    return Callers(build(settings, resources), settings, stub_hub)
