"""What lui keeps of hub's accounts."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from lui.base import Base


class KnownAccount(Base):
    """The newest state hub stated of an account; used to show whose a job is, never to decide who may do what."""

    __tablename__ = "known_accounts"

    account_id: Mapped[Id] = mapped_column(primary_key=True, comment="an account of hub")
    revision: Mapped[int]
    name: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    group_name: Mapped[str | None]
    closed: Mapped[bool]
    updated_at: Mapped[datetime]
