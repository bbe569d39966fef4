"""Deliveries: what was asked for, the frozen pages of recipients, and how far it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from mailer.base import Base

_STATES = "'preparing','running','paused','finished','failed','cancelled'"


class DeliveryRow(Base):
    """One occurrence of sending a job. Its row is what the gate locks: a change of state here stops sending."""

    __tablename__ = "deliveries"

    id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    job_id: Mapped[Id]
    """Owned by lui."""
    owner_id: Mapped[str]
    """Account of hub."""
    group_id: Mapped[str | None]
    """Group of hub."""
    kind: Mapped[str]
    state: Mapped[str]
    recipient_count: Mapped[int]
    not_before: Mapped[datetime]
    tracking: Mapped[dict[str, Any]]
    content_digest: Mapped[str]
    recipients_digest: Mapped[str]
    document: Mapped[dict[str, Any] | None]
    """The content document, once fetched and found equal to its digest."""
    pulled_pages: Mapped[int] = mapped_column(server_default=text("0"))
    pulled_at: Mapped[datetime | None]
    """When all recipients were here and their digest was right."""
    pull_until: Mapped[datetime | None]
    """A process is fetching until then; later another one may."""
    pull_problem: Mapped[str | None]
    """In plain words why fetching waits."""
    plan_loaded_at: Mapped[datetime | None]
    in_doubt: Mapped[str] = mapped_column(server_default=text("'resend'"))
    """What becomes of a message whose outcome nobody knows: `resend`, `skip` or `ask`."""
    is_held: Mapped[bool] = mapped_column(server_default=text("false"))
    """Someone paused it, possibly before it could start."""
    control_revision: Mapped[int] = mapped_column(server_default=text("0"))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """Deferred envelopes are given up then."""
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("in_doubt IN ('resend','skip','ask')", name="in_doubt"),
        Index("ix_deliveries_open", "created_at", postgresql_where=text("state IN ('preparing','running','paused')")),
    )

    @property
    def sender_domain(self) -> str:
        """Chooses the gateway; empty before the content is here."""
        address = str(self.document["sender"]["address"]) if self.document else ""
        return address.rpartition("@")[2].lower()


class DeliverySecretRow(Base):
    """A delivery's own keys; no other service's role reaches them."""

    __tablename__ = "delivery_secrets"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    k_msgid: Mapped[bytes] = mapped_column(LargeBinary)
    k_pseudonym: Mapped[bytes] = mapped_column(LargeBinary)
    """At unique and anonymous it is destroyed once the delivery is over: then nobody can map a pseudonym back."""
    shred_after: Mapped[datetime | None]


class RecipientPageRow(Base):
    """A thousand recipients as lui served them: compressed, never changed."""

    __tablename__ = "recipient_pages"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    page_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recipient_count: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the data as stored."""


class SignalRow(Base):
    """What was said about a delivery before its request arrived: facts of different subjects keep no order."""

    __tablename__ = "delivery_signals"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    control_revision: Mapped[int | None]
    control_action: Mapped[str | None]
    plan_loaded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ProgressRow(Base):
    """The last progress stated. Apart from the delivery's row, so that stating it never waits for the gate."""

    __tablename__ = "delivery_progress"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    revision: Mapped[int]
    counts: Mapped[dict[str, Any]]
    state: Mapped[str]
    rate_per_second: Mapped[float]
    expected_end: Mapped[datetime | None]
    waiting_for: Mapped[str | None]
    stated_at: Mapped[datetime]
