"""Notices and what became of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from common.contracts.notices import NoticeState
from common.db.base import Id
from mailer.base import Base
from mailer.notices.schemas import NoticeStage

_STAGES = ", ".join(f"'{each.value}'" for each in NoticeStage)
_STATES = ", ".join(f"'{each.value}'" for each in NoticeState)


class NoticeRow(Base):
    """A short mail to people who work with the installation."""

    __tablename__ = "notices"

    id: Mapped[Id] = mapped_column(primary_key=True)
    """Given by the service that asked for it."""
    requested_by: Mapped[str]
    reason: Mapped[str]
    address_count: Mapped[int]
    content_digest: Mapped[str]
    not_after: Mapped[datetime]
    stage: Mapped[str]
    subject: Mapped[str | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """As it goes over the wire, without the headers that differ; gone when nothing more is to be sent."""
    problem: Mapped[str | None]
    fetches: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime | None]
    """When its content is to be fetched, again."""
    revision: Mapped[int]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"stage IN ({_STAGES})", name="stage"),
        Index("ix_notices_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("ix_notices_created_at", "created_at"),
    )


class NoticeAddressRow(Base):
    """One address of a notice, and where it stands."""

    __tablename__ = "notice_addresses"

    notice_id: Mapped[Id] = mapped_column(ForeignKey(NoticeRow.id, ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    address: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    doubts: Mapped[int] = mapped_column(SmallInteger)
    """How often nobody knew whether it was sent."""
    due_at: Mapped[datetime | None]
    """When to try again; while it is being sent, when it counts as left behind. None: never again."""
    reply_code: Mapped[int | None] = mapped_column(SmallInteger)
    reply_text: Mapped[str | None]
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        Index("ix_notice_addresses_due_at", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )
