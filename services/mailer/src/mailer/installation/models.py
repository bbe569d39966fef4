"""Which database and which machines this installation is, so that a copy of it is known to be one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from mailer.base import Base


class InstallationRow(Base):
    """The one row: the database as it was when somebody last said that it may send."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    system_identifier: Mapped[str]
    timeline: Mapped[int]
    armed_at: Mapped[datetime]
    armed_by: Mapped[str | None]
    """Account of hub; None: the first start ever."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class MachineRow(Base):
    """A machine that mailer runs on, or would like to."""

    __tablename__ = "installation_machines"

    machine: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    is_armed: Mapped[bool]
    last_seen: Mapped[datetime]
