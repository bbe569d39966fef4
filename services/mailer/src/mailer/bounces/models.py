"""What came back: one row an envelope, the reports as they came, where they come from, and whether it is unusual."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from mailer.base import Base


class BounceRow(Base):
    """What was said about an envelope afterwards. Each thing is said once, however often it comes."""

    __tablename__ = "bounces"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    address: Mapped[str]
    seen: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    """Kinds and classes that were reported already."""
    bounce_class: Mapped[str | None]
    """The weightiest: permanent before temporary."""
    permanent: Mapped[bool] = mapped_column(server_default=text("false"))
    enhanced_code: Mapped[str | None]
    reply_code: Mapped[int | None] = mapped_column(SmallInteger)
    reply_text: Mapped[str | None]
    bounced_at: Mapped[datetime | None]
    """When it counted; None: it did not come back, as far as is known."""
    complained_at: Mapped[datetime | None]
    delayed_at: Mapped[datetime | None]
    auto_replies: Mapped[int] = mapped_column(server_default=text("0"))
    waiting: Mapped[str | None]
    """`bounce` or `complaint`, while the envelope is not known to have been sent."""
    first_waited_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    """When it was last tried."""

    __table_args__ = (
        Index("ix_bounces_waiting_since", "waiting_since", postgresql_where=text("waiting IS NOT NULL")),
        Index(
            "ix_bounces_bounce_class", "delivery_id", "bounce_class", postgresql_where=text("bounced_at IS NOT NULL")
        ),
    )


class ReportRow(Base):
    """A report as it came, sealed; without a delivery it belongs to no envelope of ours."""

    __tablename__ = "bounce_reports"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    received_at: Mapped[datetime]
    source: Mapped[str]
    kind: Mapped[str]
    delivery_id: Mapped[Id | None]
    ordinal: Mapped[int | None]
    octets: Mapped[int]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The beginning of it; None where nothing can be sealed."""

    __table_args__ = (
        Index("ix_bounce_reports_received_at", "received_at"),
        Index("ix_bounce_reports_unmatched", "id", postgresql_where=text("delivery_id IS NULL")),
    )


class SourceRow(Base):
    """Where reports come from, and how it is doing."""

    __tablename__ = "bounce_sources"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    problem: Mapped[str | None]
    """In plain words, while it does not work."""
    last_received_at: Mapped[datetime | None]
    received_count: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    unmatched_count: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    quarantined_count: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    position: Mapped[dict[str, Any] | None]
    """How far a mailbox is read."""
    leased_by: Mapped[str | None]
    """The process that empties it now."""
    leased_until: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class WatchRow(Base):
    """How many permanent failures were reported for a delivery lately, and whether that stopped the suppressing."""

    __tablename__ = "bounce_watches"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    window_from: Mapped[datetime]
    permanent_count: Mapped[int]
    unsent_count: Mapped[int] = mapped_column(server_default=text("0"))
    """Reports for envelopes that were never sent."""
    stopped_at: Mapped[datetime | None]
    stopped_reason: Mapped[str | None]
    resumed_at: Mapped[datetime | None]
    """Somebody looked and said that it is right; it is not stopped again."""
