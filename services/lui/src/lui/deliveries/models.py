"""Tables of deliveries: what was asked for, frozen, and how far mailer says it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    Sequence,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.contracts.lui import DeliveryKind, TrackingPlanV1
from common.contracts.mailer import BounceClass, DeliveryState, EnvelopeState
from common.db.base import Id
from lui.base import Base
from lui.deliveries import rules

MAX_NUMBER = 2**32 - 1
"""The number travels in 32 bits of every token."""

DELIVERY_NUMBERS = Sequence("delivery_numbers", start=1, maxvalue=MAX_NUMBER, metadata=Base.metadata)

_Word = TypeVar("_Word", bound=StrEnum)


class _WordOf(TypeDecorator[_Word], Generic[_Word]):
    """An enumeration kept as text, so that a new word needs no change of type."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[_Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: _Word | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy gives it
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> _Word | None:  # noqa: ARG002 - likewise
        return None if value is None else self.words(value)


def _one_of(column: str, words: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(word.value) for word in words)})"


class Delivery(Base):
    """One occurrence of sending a job."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(_one_of("kind", DeliveryKind), name="kind"),
        CheckConstraint(_one_of("state", DeliveryState), name="state"),
        Index("ix_deliveries_job_id_number", "job_id", "number"),
        Index("ix_deliveries_snapshot_id", "snapshot_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    job_id: Mapped[Id] = mapped_column(comment="a job of lui.jobs")
    owner_id: Mapped[Id] = mapped_column(comment="an account of hub")
    group_id: Mapped[Id | None] = mapped_column(comment="a group of hub")
    kind: Mapped[DeliveryKind] = mapped_column(_WordOf(DeliveryKind))
    snapshot_id: Mapped[Id] = mapped_column(comment="a snapshot of lui.audience")
    recipient_count: Mapped[int]
    recipients_digest: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    """The content document as mailer gets it, to the byte."""
    content_digest: Mapped[str]
    plan: Mapped[dict[str, Any]]
    not_before: Mapped[datetime]
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(comment="an account of hub, or service:lui")
    control_revision: Mapped[int] = mapped_column(default=0)

    progress_revision: Mapped[int] = mapped_column(default=0)
    state: Mapped[DeliveryState] = mapped_column(_WordOf(DeliveryState), default=DeliveryState.PREPARING)
    total: Mapped[int]
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    rate_per_second: Mapped[float] = mapped_column(default=0.0)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expected_end: Mapped[datetime | None]
    waiting_for: Mapped[str | None]
    reason: Mapped[str | None]

    tally_revision: Mapped[int] = mapped_column(default=0)
    opens: Mapped[int] = mapped_column(BigInteger, default=0)
    clicks: Mapped[int] = mapped_column(BigInteger, default=0)

    returned: Mapped[int] = mapped_column(default=0, server_default="0")
    """Messages with a bounce or a complaint; they come for days after mailer's last word."""
    complained: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def tracking(self) -> TrackingPlanV1:
        """What the delivery wants tracked."""
        return TrackingPlanV1.model_validate(self.plan)

    @property
    def count_by_state(self) -> dict[EnvelopeState, int]:
        """Every envelope state with its count, as far as mailer and what came back since tell."""
        return rules.with_returned(self.counts, returned=self.returned, complained=self.complained)


class Bounce(Base):
    """A message of a delivery that was sent and came back."""

    __tablename__ = "bounces"
    __table_args__ = (CheckConstraint(_one_of("bounce_class", BounceClass), name="bounce_class"),)

    delivery_id: Mapped[Id] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bounce_class: Mapped[BounceClass] = mapped_column(_WordOf(BounceClass))
    permanent: Mapped[bool]
    enhanced_code: Mapped[str | None]
    bounced_at: Mapped[datetime]


class Complaint(Base):
    """A message of a delivery that its recipient called spam."""

    __tablename__ = "complaints"

    delivery_id: Mapped[Id] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    complained_at: Mapped[datetime]
