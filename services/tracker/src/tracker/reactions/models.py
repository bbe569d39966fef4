"""Reactions: every recorded open and click, as it was answered."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from tracker.base import Base


class ReactionRow(Base):
    """One hit. Its place in an intake's spool is its identity, so that it is counted once however often it comes."""

    __tablename__ = "reactions"
    __table_args__ = (
        CheckConstraint("kind IN ('open', 'click')", name="kind"),
        CheckConstraint("judgement IN ('human', 'unknown', 'proxy', 'scanner')", name="judgement"),
        Index("ix_reactions_delivery_number_at", "delivery_number", "at", postgresql_using="brin"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    spool_id: Mapped[str] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    record_offset: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    """As far as the level allows; always the same for the same record, so it does not weaken the identity."""
    delivery_number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    subject: Mapped[int] = mapped_column(BigInteger)
    """0 at blind, a pseudonym at unique and anonymous, the ordinal at personal."""
    link_number: Mapped[int]
    """0 for an open."""
    part: Mapped[str]
    """`html` or `text`; empty where the plan does not say."""
    method: Mapped[str]
    agent: Mapped[str]
    network: Mapped[str]
    judgement: Mapped[str]
    rules_version: Mapped[int] = mapped_column(SmallInteger)
