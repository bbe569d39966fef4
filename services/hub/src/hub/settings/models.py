"""Tables of settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from hub.base import Base


class Setting(Base):
    """A setting somebody touched in one place; what nobody touched has no row, and a value of null inherits."""

    __tablename__ = "settings"
    __table_args__ = (
        Index("uq_settings_installation", "name", unique=True, postgresql_where="group_id IS NULL"),
        Index("uq_settings_group", "group_id", "name", unique=True, postgresql_where="group_id IS NOT NULL"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    group_id: Mapped[Id | None]
    """None: the installation."""
    name: Mapped[str]
    value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    revision: Mapped[int]
    changed_by: Mapped[str | None]
    changed_at: Mapped[datetime]
