"""Rehearsals: what their receiver answers, how often it did, and a few of the messages it got."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from mailer.base import Base


class RehearsalRow(Base):
    """A delivery of kind `rehearsal`, as its receiver knows it."""

    __tablename__ = "rehearsals"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    recipient_count: Mapped[int]
    script: Mapped[dict[str, Any]]
    """`RehearsalV1`."""
    answers: Mapped[dict[str, Any]]
    """How often each answer was given, by its word."""
    created_at: Mapped[datetime]
    """The delivery's."""

    __table_args__ = (Index("ix_rehearsals_created_at", "created_at"),)


class RehearsalSampleRow(Base):
    """One message exactly as it was received."""

    __tablename__ = "rehearsal_samples"

    delivery_id: Mapped[Id] = mapped_column(
        ForeignKey("mailer.rehearsals.delivery_id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Drawn from the seed and the recipient; the lowest ones are kept, whichever process got them."""
    rcpt_to: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
