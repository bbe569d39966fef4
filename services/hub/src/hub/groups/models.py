"""Tables of groups."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from hub.base import Base


class Group(Base):
    """Accounts that work together; comes into being when an account first names it."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("name_key"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    created_at: Mapped[datetime]
