"""HTTP bodies."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel

from common.contracts.mailer import DeliveryState, EnvelopeState


class DeliveryOut(BaseModel):
    """A delivery and how far it is; the counts sum to `total`."""

    id: str
    job_id: str
    kind: Literal["live", "test", "rehearsal"]
    state: DeliveryState
    total: int
    counts: dict[EnvelopeState, int]
    rate_per_second: float
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    expected_end: AwareDatetime | None
    waiting_for: str | None
    reason: str | None


class DoubtDecision(BaseModel):
    """What becomes of messages whose outcome nobody knows."""

    action: Literal["resend", "skip"]


class SlowReason(BaseModel):
    """One thing that holds a delivery up."""

    code: str
    gateway: str | None
    destination: str | None
    detail: str
    until: AwareDatetime | None
    envelopes: int | None
    """How many wait for it, where that is counted."""


class PaceOut(BaseModel):
    """Why a delivery is as slow as it is, in plain words."""

    waiting_for: str | None
    reasons: list[SlowReason]
