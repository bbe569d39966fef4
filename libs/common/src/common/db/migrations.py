"""What every service's `migrations/env.py` and its `migrate` command call."""

import re
from typing import Any

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, create_engine, pool, text
from sqlalchemy.schema import SchemaItem

from common.config import ServiceSettings

_PARTITION = re.compile(r"_(\d{4}_\d{2}|default)$")
_LOCK = text("SELECT pg_advisory_lock(hashtextextended(:name, 0))")
_SCHEMA_EXISTS = text("SELECT 1 FROM pg_namespace WHERE nspname = :schema")


def migrate(settings: ServiceSettings, package: str, revision: str = "head") -> None:
    """Bring the schema of `package` (a service) to `revision`; safe to run twice and from two places at once.

    A migration waits at most 4 s for a lock and runs at most 5 s a statement; one that needs longer says so itself:
    `op.execute("SET LOCAL statement_timeout = '10min'")`.
    """
    url = settings.migrate_database_url or settings.database_url
    command.upgrade(alembic_config(package, url.get_secret_value()), revision)


def alembic_config(package: str, url: str) -> Config:
    """Alembic's configuration for the migrations inside `package`; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", f"{package}:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    config.attributes["url"] = url  # an option would interpret the percent signs of a password
    return config


def run_env(metadata: MetaData, schema: str) -> None:
    """The body of a service's `env.py`: migrate its own schema and look at nothing else."""
    engine = create_engine(
        context.config.attributes["url"],
        poolclass=pool.NullPool,
        connect_args={
            "connect_timeout": 10,
            "application_name": f"{schema} migrate",
            # A role named like its schema would have it as default, and Alembic leaves the default one nameless.
            "options": "-c search_path=public -c timezone=UTC",
        },
    )
    with engine.connect() as connection:
        _prepare(connection, schema)
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table_schema=schema,
            include_schemas=True,
            include_name=_only(schema),
            include_object=_without_partitions,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def _prepare(connection: Connection, schema: str) -> None:
    # Another migration of this schema may be under way: wait for it rather than fail, but not for ever.
    connection.execute(text("SET lock_timeout = '60s'"))
    connection.execute(_LOCK, {"name": f"migrations of {schema}"})
    # Waiting longer for a lock would queue every request of the release that is still running behind us.
    connection.execute(text("SET lock_timeout = '4s'"))
    connection.execute(text("SET statement_timeout = '5s'"))
    # Asked first: CREATE SCHEMA IF NOT EXISTS wants a right on the database even when there is nothing to do.
    if connection.execute(_SCHEMA_EXISTS, {"schema": schema}).first() is None:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    connection.commit()


def _only(schema: str) -> Any:
    def include_name(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
        return name == schema if kind == "schema" else parents.get("schema_name", schema) == schema

    return include_name


def _without_partitions(_item: SchemaItem, name: str | None, kind: str, reflected: bool, known: Any) -> bool:  # noqa: FBT001
    """Partitions are made as months come, by `common.db.partitions`; models know the parents only."""
    return not (kind == "table" and reflected and known is None and _PARTITION.search(name or ""))
