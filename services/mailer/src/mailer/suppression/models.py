"""Addresses that must not be written to, and failures that may add up to one."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
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
    """`suppression.rules.Reason`."""
    note: Mapped[str | None]
    evidence: Mapped[dict[str, Any]]
    since: Mapped[datetime]
    added_by: Mapped[str | None]
    """Account of hub, or the service that asked; None: mailer itself."""
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    """Account of hub."""
    lift_note: Mapped[str | None]
    added_in: Mapped[int] = mapped_column(BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint"))
    """The transaction that stored it: who read before that one ended may not know it."""

    __table_args__ = (
        Index(
            "uq_suppressions_address_hash",
            "address_hash",
            text("coalesce(group_id, '')"),
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("ix_suppressions_group_id", "group_id", "id"),
        Index("ix_suppressions_added_in", "added_in"),
        Index(
            "ix_suppressions_address",
            literal_column("lower(address)").label("lowered"),
            postgresql_ops={"lowered": "text_pattern_ops"},
        ),
    )


class StrikeRow(Base):
    """A delivery that failed at an address without proof that the address is dead: at most one a delivery."""

    __tablename__ = "suppression_strikes"

    address_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    group_id: Mapped[str | None]
    """Group of hub."""
    address: Mapped[str]
    bounce_class: Mapped[str]
    mailed_at: Mapped[datetime]
    """When the delivery was made: mailings close together count as one."""
    judged_at: Mapped[datetime | None]
    """When it was last looked at whether a streak ends with it."""

    __table_args__ = (
        Index("ix_suppression_strikes_unjudged", "address_hash", postgresql_where=text("judged_at IS NULL")),
        Index("ix_suppression_strikes_mailed_at", "mailed_at"),
    )
