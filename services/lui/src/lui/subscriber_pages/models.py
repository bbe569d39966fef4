"""Table of the recipients who said: no more."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from lui.base import Base
from lui.subscriber_pages.rules import REASONS, Reason


class EndedSubscription(Base):
    """A recipient of one delivery who unsubscribed; kept without the address, which mailer's suppression has."""

    __tablename__ = "ended_subscriptions"
    __table_args__ = (CheckConstraint(f"reason IN ({', '.join(map(repr, REASONS))})", name="reason"),)

    # No foreign key: the wish outlives the delivery and its job.
    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    reason: Mapped[Reason] = mapped_column(Text)
    ended_at: Mapped[datetime]
