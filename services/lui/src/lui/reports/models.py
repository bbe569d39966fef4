"""Tables of saved reports, their folders and their kept results."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id, TimestampMixin
from lui.base import Base

_SHARED = "sharing IN ('private', 'group', 'group_edit')"
_TYPES = "type IN ('over_time', 'sum', 'recipients', 'details')"


class ReportFolder(TimestampMixin, Base):
    """A folder of saved reports."""

    __tablename__ = "report_folders"
    __table_args__ = (
        CheckConstraint(_SHARED, name="sharing"),
        Index("ix_report_folders_owner_id", "owner_id"),
        Index("ix_report_folders_group_id", "group_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    owner_name: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    name: Mapped[str]
    sharing: Mapped[str]
    revision: Mapped[int]


class SavedReport(TimestampMixin, Base):
    """A question somebody keeps."""

    __tablename__ = "saved_reports"
    __table_args__ = (
        CheckConstraint(_SHARED, name="sharing"),
        CheckConstraint(_TYPES, name="type"),
        Index("ix_saved_reports_owner_id_id", "owner_id", "id"),
        Index("ix_saved_reports_group_id_id", "group_id", "id"),
        Index("ix_saved_reports_folder_id", "folder_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    owner_name: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    folder_id: Mapped[Id | None] = mapped_column(ForeignKey("lui.report_folders.id", ondelete="SET NULL"))
    title: Mapped[str]
    type: Mapped[str]
    query: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sharing: Mapped[str]
    revision: Mapped[int]


class KeptResult(Base):
    """A result as it was: never computed again, never changed."""

    __tablename__ = "report_snapshots"
    __table_args__ = (
        CheckConstraint(_SHARED, name="sharing"),
        CheckConstraint(_TYPES, name="type"),
        Index("ix_report_snapshots_report_id_id", "report_id", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    report_id: Mapped[Id | None] = mapped_column(ForeignKey("lui.saved_reports.id", ondelete="SET NULL"))
    created_by: Mapped[Id] = mapped_column(comment="an account of hub")
    created_by_name: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    sharing: Mapped[str]
    """As the report had it; while the report is there, its own holds."""
    title: Mapped[str]
    type: Mapped[str]
    has_people: Mapped[bool]
    """Whether it names recipients: then seeing it takes the right to see them."""
    as_of: Mapped[datetime]
    rules_version: Mapped[int | None] = mapped_column(SmallInteger)
    digest: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True, deferred_raiseload=True)
    created_at: Mapped[datetime]
