"""Addresses that must not be written to."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.base import Base


class SuppressionRow(Base):
    """One address, for a group's mailings or, without a group, for everybody's. Lifting it keeps the row."""

    __tablename__ = "suppressions"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    group_id: Mapped[str | None]
    """Group of hub."""
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """What the gate compares: SHA-256 of the address in lower case."""
    address: Mapped[str]
    reason: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    since: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_suppressions_address_hash",
            "address_hash",
            text("coalesce(group_id, '')"),
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("ix_suppressions_group_id", "group_id", "id"),
    )
