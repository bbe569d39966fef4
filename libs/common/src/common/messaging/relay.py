"""Moves facts from the outbox to JetStream: in order, each at least once, by one process at a time."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import psycopg
from nats.errors import Error as NatsError
from psycopg import sql
from sqlalchemy import Table, make_url

from common.clock import Clock, utc_now
from common.config import ServiceSettings
from common.messaging import outbox
from common.messaging.connection import REQUEST_SECONDS, Bus
from common.messaging.outbox import OutboxMixin
from common.messaging.streams import Names, ensure_streams
from common.observability.logging import get_logger
from common.observability.metrics import OUTBOX_OLDEST, OUTBOX_PUBLISHED, OUTBOX_WAITING

log = get_logger()
BATCH = 500
KEPT = timedelta(days=7)
_POLL_SECONDS = 2.0
"""NOTIFY brings every fact at once; this finds what it did not bring, as after a failure of PostgreSQL."""
_RETURN_SECONDS = 0.25
"""How soon the return of NATS is noticed."""
_STANDBY_SECONDS = 1.0
_MEASURE_SECONDS = 5.0
_PURGE_SECONDS = 600.0
_LONGEST_WAIT_SECONDS = 10.0
_AWAY = (psycopg.Error, NatsError, OSError, TimeoutError)

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class Relay:
    """The one active relay of a service holds an advisory lock; others stand by and take over within a second."""

    def __init__(self, settings: ServiceSettings, table: type[OutboxMixin], bus: Bus, clock: Clock = utc_now) -> None:
        self._url = make_url(settings.database_url.get_secret_value())
        self._bus = bus
        self._clock = clock
        self._names = Names(settings.nats_subject_prefix)
        self._replicas = settings.nats_replicas
        self._service = settings.service
        self._channel = outbox.channel(table)
        described: Any = table
        real: Table = described.__table__
        self._table = sql.Identifier(real.schema or "public", real.name)
        self._due = {"measure": 0.0, "purge": 0.0}

    async def run(self) -> None:
        """Publish until cancelled; PostgreSQL and NATS may come and go."""
        wait = _RETURN_SECONDS
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                async with self._leading() as connection:
                    await self._lead(connection)
            except _AWAY as error:
                log.warning("relay waits", error=type(error).__name__, wait_seconds=wait)
                await asyncio.sleep(wait)
                lasted = asyncio.get_running_loop().time() - begun
                wait = _RETURN_SECONDS if lasted > _LONGEST_WAIT_SECONDS * 2 else min(wait * 2, _LONGEST_WAIT_SECONDS)

    async def _lead(self, connection: Connection) -> None:
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
        declared = 0
        while True:
            moved = 0
            if self._bus.connected.is_set():
                if declared != self._bus.connections:
                    # After each reconnection too: the server may have come back without its data.
                    await self._declare()
                    declared = self._bus.connections
                moved = await self.publish_waiting(connection)
            await self._keep_house(connection)
            if moved < BATCH:
                # Ends early at the first NOTIFY, those that came meanwhile included.
                patience = _POLL_SECONDS if self._bus.connected.is_set() else _RETURN_SECONDS
                async for _ in connection.notifies(timeout=patience, stop_after=1):
                    pass

    async def _declare(self) -> None:
        await ensure_streams(self._bus.jetstream, self._names.prefix, owners=(self._service,), replicas=self._replicas)

    async def publish_waiting(self, connection: Connection) -> int:
        """Publish up to 500 waiting facts and mark those that JetStream acknowledged; returns how many.

        Never by a last position: positions are given out before commits and become visible out of order.
        """
        found = await connection.execute(
            sql.SQL(
                "SELECT position, id::text, subject, body, headers FROM {}"
                " WHERE published_at IS NULL ORDER BY position LIMIT {}"
            ).format(self._table, sql.Literal(BATCH))
        )
        rows = await found.fetchall()
        if not rows:
            return 0
        answers = await self._publish(rows)
        done = [row[:2] for row, answer in zip(rows, answers, strict=True) if not isinstance(answer, BaseException)]
        # By id as well: a row that was overwritten while it was on its way still has to go.
        await connection.execute(
            sql.SQL(
                "UPDATE {} AS o SET published_at = %s FROM unnest(%s::bigint[], %s::uuid[]) AS done(position, id)"
                " WHERE o.position = done.position AND o.id = done.id AND o.published_at IS NULL"
            ).format(self._table),
            (self._clock(), [position for position, _ in done], [message_id for _, message_id in done]),
        )
        OUTBOX_PUBLISHED.labels(self._service).inc(len(done))
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return len(rows)

    async def _publish(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        jetstream = self._bus.jetstream
        stream = self._names.stream(self._service)
        return await asyncio.gather(
            *(
                jetstream.publish(
                    self._names.subject(subject),
                    body.encode(),
                    timeout=REQUEST_SECONDS,
                    stream=stream,
                    headers={**headers, "Nats-Msg-Id": message_id},
                )
                for _, message_id, subject, body, headers in rows
            ),
            return_exceptions=True,
        )

    @asynccontextmanager
    async def _leading(self) -> AsyncIterator[Connection]:
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, connect_timeout=5, application_name=f"{self._service} relay"
        )
        try:
            await connection.execute("SET statement_timeout = '30s'")
            while not await self._elected(connection):  # noqa: ASYNC110 - the lock tells nobody that it is free
                await asyncio.sleep(_STANDBY_SECONDS)
            log.info("relay leads")
            yield connection
        finally:
            with contextlib.suppress(psycopg.Error):
                await connection.close()

    async def _elected(self, connection: Connection) -> bool:
        found = await connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (f"relay of {self._channel}",)
        )
        row = await found.fetchone()
        return bool(row and row[0])

    async def _keep_house(self, connection: Connection) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._due["measure"]:
            self._due["measure"] = now + _MEASURE_SECONDS
            await self.measure(connection)
        if now >= self._due["purge"]:
            # A full batch means there is more: come back at the next turn rather than hold up publishing.
            more = await self.purge(connection) >= BATCH * 10
            self._due["purge"] = now if more else now + _PURGE_SECONDS

    async def measure(self, connection: Connection) -> None:
        """Set the gauges of what waits."""
        found = await connection.execute(
            sql.SQL("SELECT count(*), min(created_at) FROM {} WHERE published_at IS NULL").format(self._table)
        )
        waiting, oldest = await found.fetchone() or (0, None)
        OUTBOX_WAITING.labels(self._service).set(waiting)
        OUTBOX_OLDEST.labels(self._service).set((self._clock() - oldest).total_seconds() if oldest else 0)

    async def purge(self, connection: Connection) -> int:
        """Forget up to 5,000 facts published more than seven days ago; returns how many went."""
        gone = await connection.execute(
            sql.SQL(
                "DELETE FROM {0} WHERE position IN (SELECT position FROM {0} WHERE published_at < %s LIMIT {1})"
            ).format(self._table, sql.Literal(BATCH * 10)),
            (self._clock() - KEPT,),
        )
        return gone.rowcount
