"""What is committed about tracker is what its code says."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from common.db.migrations import alembic_config
from tests.support.http import resources_for
from tracker.app import reports_app
from tracker.config import TrackerSettings
from tracker.tables import MESSAGING, Base

OPENAPI = Path(__file__).parents[3] / "services/tracker/openapi.json"
PARTITIONS = text("SELECT inhrelid::regclass::text FROM pg_inherits")


async def test_the_description_of_the_api_is_up_to_date(settings: TrackerSettings) -> None:
    async with resources_for(settings, MESSAGING) as resources:
        described = reports_app(settings, resources).openapi()

    # `make openapi` writes it anew.
    assert json.loads(OPENAPI.read_bytes()) == json.loads(json.dumps(described))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    # Not as tracker's own role: its default schema is its own, and Alembic then overlooks the tables in it.
    engine = create_engine(make_url(url).set(username="postgres"), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def differences(connection: Connection) -> list[Any]:
    unmodelled = {name.rpartition(".")[2] for (name,) in connection.execute(PARTITIONS)} | {"alembic_version"}
    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": lambda name, kind, _: kind != "schema" or name == "tracker",
            "include_object": lambda _item, name, kind, *_: kind != "table" or name not in unmodelled,
            "compare_type": True,
        },
    )
    found: list[Any] = compare_metadata(context, Base.metadata)
    return found


def test_the_migrations_make_the_tables_of_the_models(clone: Callable[[str], str]) -> None:
    with connected(clone("tracker")) as connection:
        assert differences(connection) == []


def test_the_first_migration_can_be_taken_back_and_made_again(clone: Callable[[str], str]) -> None:
    url = clone("tracker")
    config = alembic_config("tracker", url)

    command.downgrade(config, "base")
    with connected(url) as connection:
        assert inspect(connection).get_table_names(schema="tracker") == ["alembic_version"]
    command.upgrade(config, "head")

    with connected(url) as connection:
        assert differences(connection) == []
