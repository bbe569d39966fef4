"""The octets of files that go with messages."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, LargeBinary, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from mailer.base import Base


class MessageFileRow(Base):
    """A file under its own SHA-256; it stays a while after the deliveries that name it."""

    __tablename__ = "message_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    octets: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


_DROP = text(
    "DELETE FROM mailer.message_files f WHERE f.created_at < :before AND NOT EXISTS ("
    " SELECT FROM mailer.deliveries d, jsonb_array_elements("
    "  CASE jsonb_typeof(d.document -> 'attachments') WHEN 'array' THEN d.document -> 'attachments' ELSE '[]' END) a"
    " WHERE (d.finished_at IS NULL OR d.finished_at >= :before) AND a ->> 'sha256' = f.sha256)"
)


class MessageFiles:
    """Queries of files."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def present(self, sha256s: Collection[str]) -> set[str]:
        """Those that are here."""
        found = select(MessageFileRow.sha256).where(MessageFileRow.sha256.in_(sha256s))
        return set(await self._session.scalars(found))

    async def add(self, sha256: str, octets: bytes, at: datetime) -> None:
        """Keep a file; another process may have been quicker."""
        row = {"sha256": sha256, "size": len(octets), "octets": octets, "created_at": at}
        await self._session.execute(insert(MessageFileRow).values(row).on_conflict_do_nothing())

    async def drop_unneeded(self, before: datetime) -> int:
        """Remove files from before an instant that only deliveries name which ended before it; returns how many."""
        gone = await self._session.execute(_DROP, {"before": before})
        return int(cast("CursorResult[Any]", gone).rowcount)

    async def octets(self, sha256: str) -> bytes | None:
        """The octets of a file."""
        return await self._session.scalar(select(MessageFileRow.octets).where(MessageFileRow.sha256 == sha256))
