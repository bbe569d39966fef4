"""Fixtures of hub's tests."""

from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from common.service.resources import Resources
from hub.config import HubSettings
from hub.tables import MESSAGING
from tests.support.builders.hub import ENCRYPTION_KEY, HubUnderTest
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.engines import Postgres
from tests.support.http import StubHub, make_settings, resources_for

# As a replica applies changes: no triggers, so that the audit trail can be emptied, and no foreign keys to mind.
EMPTY = """
DO $$
DECLARE
    every text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR every IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'hub' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE 'DELETE FROM ' || every;
    END LOOP;
END $$
"""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def shared_database(databases: Databases) -> Iterator[str]:
    """One database for all tests that leave its tables as they are; making one takes longer than most tests."""
    url = databases.clone("hub")
    yield url
    databases.drop(url)


@pytest.fixture
def own_database(databases: Databases) -> Iterator[str]:
    """For a test that changes tables: `database`, and all that is built on it, is one of its own."""
    url = databases.clone("hub")
    yield url
    databases.drop(url)


@pytest.fixture
def database(request: pytest.FixtureRequest, postgres: Postgres) -> Iterator[str]:
    """A migrated database without a row in it."""
    if "own_database" in request.fixturenames:
        yield request.getfixturevalue("own_database")
        return
    url: str = request.getfixturevalue("shared_database")
    yield url
    with psycopg.connect(postgres.dsn(url.rpartition("/")[2])) as connection:
        connection.execute(EMPTY)


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
