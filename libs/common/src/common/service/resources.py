"""What a process opens once and passes down: opened and closed here only."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from common.clock import Clock, utc_now
from common.config import ServiceSettings
from common.db.engine import open_engine
from common.db.revisions import current_revision, known_revisions
from common.http import httpx
from common.http.access_token import BearerVerifier, Hub, hub_over_http
from common.http.client import open_client
from common.messaging.connection import Bus, open_bus
from common.messaging.unit_of_work import MessagingTables, UnitOfWorkFactory
from common.observability.health import Check, Health


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything with a lifetime that a service works with."""

    settings: ServiceSettings
    tables: MessagingTables
    engine: AsyncEngine
    uow: UnitOfWorkFactory
    nats: Bus | None
    http: httpx.AsyncClient
    bearer: BearerVerifier
    health: Health
    clock: Clock


@asynccontextmanager
async def open_resources(
    settings: ServiceSettings,
    tables: MessagingTables,
    *,
    hub: Callable[[UnitOfWorkFactory], Hub] | None = None,
    clock: Clock = utc_now,
) -> AsyncIterator[Resources]:
    """Open everything; the order of closing is HTTP client, NATS (drained if connected), database.

    `hub` is how hub answers by itself what other services ask it over HTTP.
    """
    engine = open_engine(settings)
    try:
        async with open_bus(settings) as bus, open_client(settings) as client:
            uow = UnitOfWorkFactory(engine, tables.outbox, clock)
            asked = hub(uow) if hub else hub_over_http(settings, client)
            health = Health({"database": _database(engine, settings.service), "nats": bus.check})
            yield Resources(
                settings=settings,
                tables=tables,
                engine=engine,
                uow=uow,
                nats=bus,
                http=client,
                bearer=BearerVerifier(settings, asked, clock),
                health=health,
                clock=clock,
            )
    finally:
        await engine.dispose()


@asynccontextmanager
async def closed_resources(settings: ServiceSettings, tables: MessagingTables) -> AsyncIterator[Resources]:
    """Resources that are connected to nothing: enough to build the application and describe it."""
    engine = create_async_engine("postgresql+psycopg://none.invalid/none")
    async with open_client(settings) as client:
        uow = UnitOfWorkFactory(engine, tables.outbox)
        bearer = BearerVerifier(settings, hub_over_http(settings, client))
        yield Resources(settings, tables, engine, uow, None, client, bearer, Health({}), utc_now)
    await engine.dispose()


def _database(engine: AsyncEngine, service: str) -> Check:
    async def check() -> str | None:
        head, known = known_revisions(service)
        found = await current_revision(engine, service)
        # A revision this code does not know is newer: the middle of a deployment, and meant to work.
        behind = found is None or (found in known and found != head)
        return f"migrations are at {found}, this code needs {head}" if behind else None

    return check
