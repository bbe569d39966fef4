"""When a job is to be sent, as it is asked for and as it is kept."""

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PositiveInt

from common.contracts.lui import InDoubt


class ScheduleMode(StrEnum):
    """What starts an authorized job."""

    IMMEDIATE = "immediate"
    AT = "at"
    TRIGGER = "trigger"


class Repeat(BaseModel):
    """How often a job is sent again."""

    model_config = ConfigDict(extra="forbid")

    every: PositiveInt
    unit: Literal["minute", "hour", "day", "week", "month"]
    until: str | None = None


class ScheduleIn(BaseModel):
    """`at` is a local time in `time_zone` (an IANA name; UTC when not given) or carries its own offset."""

    model_config = ConfigDict(extra="forbid")

    mode: ScheduleMode
    at: str | None = Field(default=None, max_length=40, examples=["2026-12-01T13:00"])
    time_zone: str | None = Field(default=None, max_length=64, examples=["Europe/Berlin"])
    repeat: Repeat | None = None
    in_doubt: InDoubt = "resend"
    """What becomes of a message whose outcome nobody knows: sent again, taken as sent, left until somebody decides."""


class Schedule(BaseModel):
    """A schedule that was found right when it was saved."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    mode: ScheduleMode
    at: str | None
    """The local time asked for, as written."""
    time_zone: str | None
    due_at: AwareDatetime | None
    """The instant `at` means; None unless the mode is `at`."""
    note: str | None
    """What the author should know, for example that the hour comes twice."""
