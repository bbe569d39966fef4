"""Tables of uploads and snapshots."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from lui.audience.evaluation import Outcome
from lui.base import Base


class Upload(Base):
    """A file as it was uploaded, with the settings it seems to want; its octets are in `upload_pieces`."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_created_at", "created_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    file_name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    complete: Mapped[bool]
    """False while it streams in; what stays false is purged."""
    encoding: Mapped[str]
    separator: Mapped[str]
    quote: Mapped[str | None]
    header: Mapped[bool]
    row_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class UploadPiece(Base):
    """One megabyte of an upload: several processes share the file without sharing a disk."""

    __tablename__ = "upload_pieces"

    upload_id: Mapped[Id] = mapped_column(ForeignKey("lui.uploads.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    octets: Mapped[bytes] = mapped_column(LargeBinary)


class Snapshot(Base):
    """A frozen audience: immutable, so that what was authorized is what is sent."""

    __tablename__ = "snapshots"
    __table_args__ = (Index("ix_snapshots_created_at", "created_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(Date, comment="the partition of its recipients")
    columns: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """The names of the values every recipient carries, in order."""
    file_columns: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """The names of all columns of the source: those of the rows set aside."""
    address_column: Mapped[str]
    name_column: Mapped[str | None]
    accepted_count: Mapped[int] = mapped_column(BigInteger)
    duplicate_count: Mapped[int] = mapped_column(BigInteger)
    rejected_count: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    """`common.contracts.digest.RecipientsDigest` (hex)."""
    warnings: Mapped[list[str]] = mapped_column(JSONB)
    distinct_by: Mapped[dict[str, Any] | None]
    """What no two recipients have in common (`audience.schemas.DuplicatesIn`); None where nobody knows."""
    created_at: Mapped[datetime]

    def set_outcome(self, outcome: Outcome) -> None:
        """Take over what an evaluation found."""
        self.accepted_count = outcome.accepted
        self.duplicate_count = outcome.duplicates
        self.rejected_count = outcome.rejected
        self.digest = outcome.digest


class SnapshotRecipient(Base):
    """One recipient; filled by COPY, never changed."""

    __tablename__ = "snapshot_recipients"
    __table_args__ = ({"postgresql_partition_by": "RANGE (month)"},)

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    snapshot_id: Mapped[Id] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    line_no: Mapped[int] = mapped_column(BigInteger)
    address: Mapped[str]
    values: Mapped[list[str]] = mapped_column(ARRAY(Text))


class SnapshotAside(Base):
    """A row of the source that is not written to, with the reason; filled by COPY, never changed."""

    __tablename__ = "snapshot_asides"
    __table_args__ = (
        CheckConstraint("set_name IN ('duplicates', 'rejected')", name="set_name"),
        {"postgresql_partition_by": "RANGE (month)"},
    )

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    snapshot_id: Mapped[Id] = mapped_column(primary_key=True)
    set_name: Mapped[str] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reason: Mapped[str]
    values: Mapped[list[str]] = mapped_column(ARRAY(Text))
