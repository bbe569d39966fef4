"""What lui keeps of hub's settings."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lui.base import Base


class KnownSetting(Base):
    """The newest value hub stated of a setting in one place."""

    __tablename__ = "known_settings"

    place: Mapped[str] = mapped_column(primary_key=True, comment="a group of hub; empty: the installation")
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    """None: inherited."""
    revision: Mapped[int]
    updated_at: Mapped[datetime]
