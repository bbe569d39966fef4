"""Plans as lui requested them, and the intakes that must know them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from tracker.base import Base


class PlanRow(Base):
    """What one delivery wants tracked; never changed and kept for as long as its links may be followed."""

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("kind IN ('live', 'test', 'rehearsal')", name="kind"),
        CheckConstraint("level IN ('off', 'blind', 'unique', 'anonymous', 'personal')", name="level"),
        Index("uq_plans_delivery_id", "delivery_id", unique=True),
        Index("uq_plans_position", "position", unique=True),
        Index("ix_plans_waiting", "position", postgresql_where=text("loaded_at IS NULL")),
    )

    delivery_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    delivery_id: Mapped[Id]
    """lui's."""
    position: Mapped[int] = mapped_column(BigInteger)
    """Grows by one with every plan, in the order of their commits."""
    job_id: Mapped[Id]
    """lui's."""
    owner_id: Mapped[Id]
    """hub's account."""
    group_id: Mapped[Id | None]
    """hub's group."""
    kind: Mapped[str]
    level: Mapped[str]
    opens: Mapped[bool]
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """`TrackedLinkV1`, one object each."""
    consent_column: Mapped[str | None]
    identify_by: Mapped[str | None]
    profile_columns: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    profiles: Mapped[list[list[str]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    actions: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """`TrackedActionsV1`; None: no cookie."""
    requested_at: Mapped[datetime]
    loaded_at: Mapped[datetime | None]
    """When every living intake knew the links."""
    forgotten_at: Mapped[datetime | None]
    """When what was known of single recipients was deleted, its time being over; from then on nobody is known."""


class IntakeRow(Base):
    """One intake process and how far its link table reaches."""

    __tablename__ = "intakes"

    instance_id: Mapped[Id] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime]
    """By PostgreSQL's clock, since processes on several hosts are compared by it."""
