"""Queries of uploads and snapshots."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import ColumnElement, delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from lui.audience.evaluation import AsideSet, Block
from lui.audience.models import Snapshot, SnapshotAside, SnapshotRecipient, Upload, UploadPiece

_COPY_RECIPIENTS = "COPY lui.snapshot_recipients (month, snapshot_id, ordinal, line_no, address, values) FROM STDIN"
_COPY_ASIDES = "COPY lui.snapshot_asides (month, snapshot_id, set_name, line_no, reason, values) FROM STDIN"
# Removing a million rows takes longer than anything on a request's way may.
_PATIENTLY = text("SET LOCAL statement_timeout = '10min'")


class UploadRepository:
    """Uploads and their pieces."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, upload: Upload) -> None:
        """Keep a new upload."""
        self._session.add(upload)

    async def add_piece(self, upload_id: str, number: int, octets: bytes) -> None:
        """Keep the next piece."""
        self._session.add(UploadPiece(upload_id=upload_id, number=number, octets=octets))
        await self._session.flush()
        self._session.expunge_all()  # a piece that was written need not stay in memory

    async def get(self, upload_id: str) -> Upload | None:
        """An upload, complete or not."""
        return await self._session.get(Upload, upload_id)

    async def visible(self, upload_id: str, *, account_id: str, group_id: str | None) -> Upload | None:
        """A complete upload of the account or its group."""
        mine = Upload.owner_id == account_id
        seen = mine if group_id is None else or_(mine, Upload.group_id == group_id)
        return await self._session.scalar(select(Upload).where(Upload.id == upload_id, Upload.complete, seen))

    async def piece(self, upload_id: str, number: int) -> bytes | None:
        """One piece; None after the last one."""
        wanted = (UploadPiece.upload_id == upload_id, UploadPiece.number == number)
        return await self._session.scalar(select(UploadPiece.octets).where(*wanted))

    async def old(self, *, before: datetime, after: str | None, limit: int) -> Sequence[str]:
        """Ids of uploads made before an instant, in order, from the one following `after`."""
        found = select(Upload.id).where(Upload.created_at < before).order_by(Upload.id).limit(limit)
        return (await self._session.scalars(found if after is None else found.where(Upload.id > after))).all()

    async def remove(self, upload_ids: Collection[str]) -> None:
        """Forget uploads with their pieces."""
        await self._session.execute(_PATIENTLY)
        await self._session.execute(delete(Upload).where(Upload.id.in_(upload_ids)))


class SnapshotRepository:
    """Snapshots, their recipients and the rows set aside."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, snapshot: Snapshot) -> None:
        """Keep a new snapshot."""
        self._session.add(snapshot)

    async def get(self, snapshot_id: str) -> Snapshot | None:
        """A snapshot without its rows."""
        return await self._session.get(Snapshot, snapshot_id)

    async def copy_in(self, block: Block) -> None:
        """Write a block of rows in this session's transaction."""
        connection = await self._driver_connection()
        for statement, rows in ((_COPY_RECIPIENTS, block.recipients), (_COPY_ASIDES, block.asides)):
            if rows:
                async with connection.cursor() as cursor, cursor.copy(statement) as copy:
                    await copy.write(rows)

    async def _driver_connection(self) -> AsyncConnection[Any]:
        raw = await (await self._session.connection()).get_raw_connection()
        connection = raw.driver_connection
        assert isinstance(connection, AsyncConnection)  # noqa: S101 - lui speaks psycopg and nothing else
        return connection

    async def recipients(self, snapshot: Snapshot, *, after: int, limit: int) -> Sequence[tuple[int, str, list[str]]]:
        """Recipients in ordinal order, from the one following `after`."""
        found = (
            select(SnapshotRecipient.ordinal, SnapshotRecipient.address, SnapshotRecipient.values)
            .where(*_of(snapshot), SnapshotRecipient.ordinal > after)
            .order_by(SnapshotRecipient.ordinal)
            .limit(limit)
        )
        return [(ordinal, address, values) for ordinal, address, values in await self._session.execute(found)]

    async def recipients_at(
        self, snapshot: Snapshot, ordinals: Collection[int]
    ) -> Sequence[tuple[int, str, list[str]]]:
        """Those of the recipients that are there, in no order."""
        found = select(SnapshotRecipient.ordinal, SnapshotRecipient.address, SnapshotRecipient.values).where(
            *_of(snapshot), SnapshotRecipient.ordinal.in_(ordinals)
        )
        return [(ordinal, address, values) for ordinal, address, values in await self._session.execute(found)]

    async def asides(
        self, snapshot: Snapshot, which: AsideSet, *, after: int, limit: int
    ) -> Sequence[tuple[int, str, list[str]]]:
        """`(line, reason, cells)` of rows set aside, in file order, from the line following `after`."""
        found = (
            select(SnapshotAside.line_no, SnapshotAside.reason, SnapshotAside.values)
            .where(
                SnapshotAside.month == snapshot.month,
                SnapshotAside.snapshot_id == snapshot.id,
                SnapshotAside.set_name == which.value,
                SnapshotAside.line_no > after,
            )
            .order_by(SnapshotAside.line_no)
            .limit(limit)
        )
        return [(line, reason, values) for line, reason, values in await self._session.execute(found)]

    async def old(self, *, before: datetime, after: str | None, limit: int) -> Sequence[str]:
        """Ids of snapshots made before an instant, in order, from the one following `after`."""
        found = select(Snapshot.id).where(Snapshot.created_at < before).order_by(Snapshot.id).limit(limit)
        return (await self._session.scalars(found if after is None else found.where(Snapshot.id > after))).all()

    async def remove(self, snapshot_id: str) -> None:
        """Forget a snapshot with all its rows."""
        snapshot = await self.get(snapshot_id)
        if snapshot is None:
            return
        await self._session.execute(_PATIENTLY)
        await self._session.execute(delete(SnapshotRecipient).where(*_of(snapshot)))
        await self._session.execute(
            delete(SnapshotAside).where(SnapshotAside.month == snapshot.month, SnapshotAside.snapshot_id == snapshot.id)
        )
        await self._session.delete(snapshot)


def _of(snapshot: Snapshot) -> tuple[ColumnElement[bool], ...]:
    # The month names the partition: without it every partition would be searched.
    return (SnapshotRecipient.month == snapshot.month, SnapshotRecipient.snapshot_id == snapshot.id)
