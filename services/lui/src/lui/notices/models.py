"""Table of what lui wrote to people who work with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from lui.base import Base


class Notice(Base):
    """A short mail that mailer sends; what it says is kept until it is no use any more."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_created_at", "created_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    reason: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    not_after: Mapped[datetime]
    revision: Mapped[int]
    """Of what mailer said last."""
    counts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Addresses by state, as mailer said last."""
    problem: Mapped[str | None]
    is_settled: Mapped[bool]
    """Whether nothing more will be tried."""
    created_at: Mapped[datetime]
