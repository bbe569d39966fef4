"""The connection pool of a service."""

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from common.config import ServiceSettings

# A statement that runs longer than this on a request's way is a defect; background work may SET LOCAL more.
_OPTIONS = "-c timezone=UTC -c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"


def open_engine(settings: ServiceSettings) -> AsyncEngine:
    """An engine for the service's own role; every wait ends: connect 5 s, checkout 10 s, statement 30 s, lock 10 s."""
    return create_async_engine(
        settings.database_url.get_secret_value(),
        pool_size=settings.database_pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,  # PostgreSQL may have been restarted since a connection was last used
        pool_use_lifo=True,
        hide_parameters=True,  # addresses and hashes must not reach the logs with a failing statement
        connect_args={"connect_timeout": 5, "application_name": settings.service, "options": _OPTIONS},
    )


def session_maker(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Sessions whose objects stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


def is_unreachable(error: BaseException) -> bool:
    """Whether an error says that the database is away or shutting down, rather than that it refused a statement."""
    if isinstance(error, PoolExhausted):
        return True
    # What is asked of the driver itself (COPY) fails in the driver's own words.
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, psycopg.Error):
        return False
    lost = isinstance(original, psycopg.OperationalError) and original.sqlstate is None
    invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
    return invalidated or lost or str(original.sqlstate).startswith(("08", "57P", "53"))
