"""Tables of saved reports that are mailed on schedule."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id, TimestampMixin
from lui.base import Base

_EVERY = "every IN ('day', 'week', 'month')"
_STATES = "state IN ('active', 'paused')"


class ReportMail(TimestampMixin, Base):
    """To whom a saved report is mailed, and when."""

    __tablename__ = "report_mails"
    __table_args__ = (
        CheckConstraint(_EVERY, name="every"),
        CheckConstraint(_STATES, name="state"),
        Index("ix_report_mails_report_id", "report_id"),
        Index("ix_report_mails_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index("ix_report_mails_asked_at", "asked_at", postgresql_where=text("asked_at IS NOT NULL")),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    report_id: Mapped[Id] = mapped_column(comment="a saved report; no foreign key, it is another domain's")
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub: the report's owner, in whose name it is computed")
    owner_name: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    addresses: Mapped[list[str]]
    every: Mapped[str]
    weekday: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[str]
    time_zone: Mapped[str]
    formats: Mapped[list[str]]
    state: Mapped[str]
    paused_because: Mapped[str | None]
    """In plain words; None when somebody paused it."""
    next_at: Mapped[datetime | None]
    """The next due moment; None while it is paused."""
    asked_at: Mapped[datetime | None]
    """When somebody wanted it sent beside the schedule, until it was."""
    claim_id: Mapped[Id | None]
    """Who prepares it at the moment; whoever else does so meanwhile must not send it."""
    try_at: Mapped[datetime | None]
    """Not before: while it is being prepared, and after a part of the system was away."""
    tries: Mapped[int] = mapped_column(SmallInteger)
    revision: Mapped[int]


class ReportMailRun(Base):
    """One due moment of one report mail: there is never a second row for it."""

    __tablename__ = "report_mail_runs"

    mail_id: Mapped[Id] = mapped_column(ForeignKey(ReportMail.id, ondelete="CASCADE"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    notice_id: Mapped[Id | None]
    problem: Mapped[str | None]
    """Why nothing was sent."""
