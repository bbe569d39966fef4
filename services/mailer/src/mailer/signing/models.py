"""Signing keys, and which of them sign which delivery."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from mailer.base import Base


class DkimKeyRow(Base):
    """A key that signs messages of a domain; its private part is sealed."""

    __tablename__ = "dkim_keys"

    id: Mapped[Id] = mapped_column(primary_key=True)
    domain: Mapped[str]
    selector: Mapped[str]
    algorithm: Mapped[str]
    state: Mapped[str]
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    """As `p=` holds it, before base64."""
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)
    dns_state: Mapped[str] = mapped_column(server_default=text("'unknown'"))
    dns_found: Mapped[str | None]
    dns_reason: Mapped[str | None]
    dns_checked_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    """Nobody sees it any more; the row goes when no delivery that began with it can go on."""
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("algorithm IN ('rsa-2048','ed25519')", name="algorithm"),
        CheckConstraint("state IN ('pending','active','retired')", name="state"),
        CheckConstraint("dns_state IN ('found','missing','different','unknown')", name="dns_state"),
        Index(
            "uq_dkim_keys_domain_selector",
            "domain",
            "selector",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        # One key an algorithm signs for a domain: two would only make messages longer.
        Index("uq_dkim_keys_active", "domain", "algorithm", unique=True, postgresql_where=text("state = 'active'")),
    )


class DkimUseRow(Base):
    """A key signs a delivery or a notice: chosen when its content was frozen, for all attempts and processes."""

    __tablename__ = "dkim_uses"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    key_id: Mapped[Id] = mapped_column(primary_key=True)
    """No foreign key: what was deleted has to be noticed, not forgotten."""
    from_domain: Mapped[str]
    """Of the sender's address, for `i=`."""
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_dkim_uses_key_id", "key_id"),)
