"""Tables of the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from hub.base import Base


class AuditEntry(Base):
    """One recorded action. Rows are added and never changed: triggers refuse UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "actor_id", "at"),
        Index(None, "action", "at"),
        Index(None, "target_id", "at"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the fact: the same fact makes one row however often it is handled."""
    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[Id]
    service: Mapped[str]
    actor_id: Mapped[str | None]
    action: Mapped[str]
    target_type: Mapped[str]
    target_id: Mapped[str]
    group_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
    correlation_id: Mapped[str | None]
