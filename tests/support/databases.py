"""A database per test: cloned from a template that the service's real migrations made once in the session."""

import secrets
from collections.abc import Callable, Iterator

import psycopg
import pytest
from alembic import command
from psycopg import sql

from common.db.migrations import alembic_config
from tests.support.engines import Postgres


class Databases:
    """Templates by package, and clones of them."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self._templates: dict[str, str] = {}

    def clone(self, package: str, schema: str | None = None) -> str:
        """A new database, migrated, and its URL for the service's own role (which has the schema's name)."""
        role = schema or package
        template = self._template(package, role)
        name = f"{role}_{secrets.token_hex(6)}"
        self._run("CREATE DATABASE {} OWNER {} TEMPLATE {}", name, role, template)
        return self._postgres.url(name, role)

    def empty(self, role: str) -> str:
        """A new database with an empty schema for `role`, and its URL."""
        name = f"{role}_{secrets.token_hex(6)}"
        self._create(name, role)
        return self._postgres.url(name, role)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.rpartition("/")[2])

    def _template(self, package: str, role: str) -> str:
        if package not in self._templates:
            name = f"template_{package.replace('.', '_')}"
            self._create(name, role)
            command.upgrade(alembic_config(package, self._postgres.url(name, role)), "head")
            self._templates[package] = name
        return self._templates[package]

    def _create(self, name: str, role: str) -> None:
        with psycopg.connect(self._postgres.dsn(), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*map(sql.Identifier, (name, role))))

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._postgres.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def databases(postgres: Postgres) -> Databases:
    """Templates and clones on the shared cluster."""
    return Databases(postgres)


@pytest.fixture
def clone(databases: Databases) -> Iterator[Callable[[str], str]]:
    """`clone("hub")` gives the URL of a migrated database that this test alone uses."""
    made: list[str] = []

    def make(package: str) -> str:
        made.append(databases.clone(package))
        return made[-1]

    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture
def unique_prefix() -> str:
    """A NATS prefix that this test alone uses."""
    return f"t{secrets.token_hex(6)}"
