"""What a delivery looks like to those who ask for one and to those who watch one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.lui import DeliveryKind, InDoubt, RehearsalV1, TrackingPlanV1
from common.contracts.mailer import DeliveryState, EnvelopeState


@dataclass(frozen=True)
class DeliveryOrder:
    """Everything the job decides about one delivery; what is missing here, `request_delivery` adds."""

    job_id: str
    owner_id: str
    group_id: str | None
    kind: DeliveryKind
    snapshot_id: str
    recipient_count: int
    recipients_digest: str
    """`common.contracts.digest.RecipientsDigest` over the snapshot, in ordinal order."""
    document: dict[str, Any]
    """The content document without `delivery_id`, `delivery_number`, `kind`, `tracking` and `reference_time`:
    `subject`, `html`, `text`, `columns`, `address_column`, `name_column`, `sender`, `list_id`, `usage`,
    `subject_mark`."""
    tracking: TrackingPlanV1
    not_before: datetime
    """Aware; mailer sends nothing before it, and the merge language takes it for "now"."""
    rehearsal: RehearsalV1 | None = None
    """With kind `rehearsal`: what its receiver answers."""
    in_doubt: InDoubt = "resend"
    """What becomes of a message whose outcome nobody knows."""


class _Watched(Protocol):
    id: str
    job_id: str
    kind: DeliveryKind
    state: DeliveryState
    total: int
    rate_per_second: float
    not_before: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expected_end: datetime | None
    waiting_for: str | None
    reason: str | None
    opens: int
    clicks: int

    @property
    def count_by_state(self) -> dict[EnvelopeState, int]: ...


class DeliveryCounts(BaseModel):
    """Envelopes by state; they sum to the delivery's total."""

    queued: int
    sending: int
    deferred: int
    in_doubt: int
    sent: int
    refused: int
    suppressed: int
    expired: int
    cancelled: int
    bounced: int
    complained: int


class DeliveryOut(BaseModel):
    """Where a delivery stands."""

    id: str
    job_id: str
    kind: DeliveryKind
    state: DeliveryState
    total: int
    counts: DeliveryCounts
    rate_per_second: float
    not_before: AwareDatetime
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    expected_end: AwareDatetime | None
    waiting_for: str | None
    """In plain words why nothing moves, when nothing moves."""
    reason: str | None
    """In plain words why it failed, when it failed."""
    opens: int
    clicks: int

    @classmethod
    def of(cls, delivery: _Watched) -> "DeliveryOut":
        """What people see of a stored delivery."""
        return cls(
            id=delivery.id,
            job_id=delivery.job_id,
            kind=delivery.kind,
            state=delivery.state,
            total=delivery.total,
            counts=DeliveryCounts.model_validate(delivery.count_by_state),
            rate_per_second=delivery.rate_per_second,
            not_before=delivery.not_before,
            started_at=delivery.started_at,
            finished_at=delivery.finished_at,
            expected_end=delivery.expected_end,
            waiting_for=delivery.waiting_for,
            reason=delivery.reason,
            opens=delivery.opens,
            clicks=delivery.clicks,
        )


class EnvelopeOut(BaseModel):
    """One recipient's message and what the receiving server last said about it."""

    model_config = ConfigDict(populate_by_name=True)

    ordinal: int
    address: str
    state: EnvelopeState
    reply_code: int | None
    enhanced_code: str | None
    bounce_class: str | None = Field(alias="class")
    text: str | None
    attempts: int
    next_attempt_at: AwareDatetime | None


class EnvelopesOut(BaseModel):
    """A page of envelopes in ordinal order."""

    items: list[EnvelopeOut]
    next: str | None


class RehearsalFaultOut(BaseModel):
    """A recipient whose message could not be composed."""

    ordinal: int
    address: str
    detail: str


class RehearsalAnswersOut(BaseModel):
    """How often the built-in receiver gave each answer."""

    accept: int
    greylist: int
    refuse: int
    drop_after_dot: int
    slow: int


class RehearsalSampleOut(BaseModel):
    """A message that was kept."""

    number: int
    rcpt_to: str
    subject: str
    size: int


class RehearsalOut(BaseModel):
    """What a rehearsal shows, while it runs and afterwards."""

    state: DeliveryState
    total: int
    duration_seconds: float | None
    rate_per_second: float | None
    fault_count: int
    faults: list[RehearsalFaultOut]
    """The first hundred."""
    answers: RehearsalAnswersOut
    samples: list[RehearsalSampleOut]


class SenderOut(BaseModel):
    """Who a message says it is from, and where what comes back goes."""

    address: str
    name: str | None
    reply_to: str | None
    bounces: dict[str, str]


class ContentOut(BaseModel):
    """The frozen content document; its digest stands in `lui.delivery.requested.v1`."""

    delivery_id: str
    delivery_number: int
    kind: DeliveryKind
    subject: str
    html: str | None
    text: str | None
    columns: list[str]
    address_column: str
    name_column: str | None
    sender: SenderOut
    tracking: TrackingPlanV1
    reference_time: AwareDatetime
    list_id: str
    usage: Literal["merge", "bulk"]
    subject_mark: str


class RecipientsOut(BaseModel):
    """A page of recipients in ordinal order: `[ordinal, address, [value per column]]`."""

    items: list[tuple[int, str, list[str]]]
    next: int | None
