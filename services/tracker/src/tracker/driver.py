"""COPY inside a session's transaction, which SQLAlchemy has no words for."""

from typing import Any

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncSession


async def copy_text(session: AsyncSession, statement: str, rows: str) -> None:
    """Write rows in PostgreSQL's text format (tabs between, newline behind) in this session's transaction."""
    raw = await (await session.connection()).get_raw_connection()
    connection = raw.driver_connection
    assert isinstance(connection, AsyncConnection)  # noqa: S101  tracker speaks psycopg and nothing else
    await _copy(connection, statement, rows)


async def _copy(connection: AsyncConnection[Any], statement: str, rows: str) -> None:
    async with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        await copy.write(rows)
