"""Table of action tags."""

from datetime import datetime

from sqlalchemy import Index, Sequence
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id, TimestampMixin
from lui.base import Base

ACTION_TAG_NUMBERS = Sequence("action_tag_numbers", start=1, maxvalue=2**31 - 1, metadata=Base.metadata)


class ActionTag(TimestampMixin, Base):
    """A named action on pages that are not ours; its number travels in the pixel and stands in tracker's counters."""

    __tablename__ = "action_tags"
    __table_args__ = (Index("ix_action_tags_group_id", "group_id"), Index("ix_action_tags_owner_id", "owner_id"))

    id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    name: Mapped[str]
    revision: Mapped[int]
    archived_at: Mapped[datetime | None]
    """No longer offered; its pixel may stand on pages for years and is answered and counted as ever."""
