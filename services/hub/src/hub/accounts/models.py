"""Tables of accounts."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id, TimestampMixin
from hub.base import Base


class Account(TimestampMixin, Base):
    """Someone who can sign in. Accounts are closed, never deleted: jobs and the audit trail go on naming them."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index("uq_accounts_group_id_name_key", "group_id", "name_key", unique=True, postgresql_nulls_not_distinct=True),
        Index(None, "name_key", "id"),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("auth_epoch > 0", name="auth_epoch_positive"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    group_id: Mapped[Id | None] = mapped_column(ForeignKey("hub.groups.id"))
    contact_address: Mapped[str | None]
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))
    closed: Mapped[bool]
    revision: Mapped[int]
    auth_epoch: Mapped[int]
    last_signed_in_at: Mapped[datetime | None]


class Credential(Base):
    """The password of an account; apart from it, so that listing accounts reads no hash."""

    __tablename__ = "credentials"

    account_id: Mapped[Id] = mapped_column(ForeignKey("hub.accounts.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str]
    changed_at: Mapped[datetime]
