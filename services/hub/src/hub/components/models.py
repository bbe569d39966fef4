"""Tables of the register of components."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.base import Base


class Component(Base):
    """One run of one process of a service, as its last heartbeat described it."""

    __tablename__ = "components"
    __table_args__ = (Index(None, "last_seen_at"),)

    instance_id: Mapped[str] = mapped_column(primary_key=True)
    component: Mapped[str]
    role: Mapped[str]
    version: Mapped[str]
    host: Mapped[str]
    ready: Mapped[bool]
    started_at: Mapped[datetime]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
