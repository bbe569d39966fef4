"""What a rehearsal shows."""

from pydantic import BaseModel

from common.contracts.mailer import DeliveryState


class FaultOut(BaseModel):
    """A recipient whose message could not be composed."""

    ordinal: int
    address: str
    detail: str


class AnswersOut(BaseModel):
    """How often the built-in receiver gave each answer."""

    accept: int = 0
    greylist: int = 0
    refuse: int = 0
    drop_after_dot: int = 0
    slow: int = 0


class SampleOut(BaseModel):
    """A message that was kept; `number` is its place in the list."""

    number: int
    rcpt_to: str
    subject: str
    size: int


class RehearsalOut(BaseModel):
    """What a rehearsal shows, while it runs and afterwards."""

    delivery_id: str
    state: DeliveryState
    total: int
    duration_seconds: float | None
    """From the first envelope to the last, waits for repetitions included; None before it started."""
    rate_per_second: float | None
    fault_count: int
    faults: list[FaultOut]
    """The first hundred."""
    answers: AnswersOut
    samples: list[SampleOut]
