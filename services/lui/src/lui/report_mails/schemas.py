"""Report mails as people and programs set them up and read them."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Every = Literal["day", "week", "month"]
AttachedFormat = Literal["csv", "xlsx"]
State = Literal["active", "paused"]
LastState = Literal["sending", "sent", "partly", "failed"]
MAX_ADDRESSES = 20
MAX_MAILS = 20
"""Of one report."""

Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
LocalTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ReportMailIn(BaseModel):
    """To whom, when, and with which files; plots and numbers are always in the mail itself."""

    model_config = ConfigDict(extra="forbid")

    addresses: list[Address] = Field(min_length=1, max_length=MAX_ADDRESSES)
    every: Every
    at: LocalTime
    """Local time, `07:00`. Where clocks skip it, it comes as much later; where it comes twice, the first one counts."""
    time_zone: str = Field(min_length=1, max_length=64)
    weekday: int = Field(default=1, ge=1, le=7)
    """For `week`: 1 is Monday."""
    day: int = Field(default=1, ge=1, le=31)
    """For `month`: a day that a month does not have is its last one."""
    formats: list[AttachedFormat] = Field(default=[], max_length=2)


class ReportMailPatch(BaseModel):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid")

    addresses: list[Address] | None = Field(default=None, min_length=1, max_length=MAX_ADDRESSES)
    every: Every | None = None
    at: LocalTime | None = None
    time_zone: str | None = Field(default=None, min_length=1, max_length=64)
    weekday: int | None = Field(default=None, ge=1, le=7)
    day: int | None = Field(default=None, ge=1, le=31)
    formats: list[AttachedFormat] | None = Field(default=None, max_length=2)
    state: State | None = None
    """`paused` sends nothing any more until it is `active` again."""


class LastMailOut(BaseModel):
    """The last time it was due, or sent because somebody asked."""

    due_at: AwareDatetime
    at: AwareDatetime
    state: LastState
    counts: dict[str, int]
    """Addresses by state, as far as it is known."""
    problem: str | None


class ReportMailOut(BaseModel):
    """A report mail, and how it went last."""

    id: str
    report_id: str
    addresses: list[str]
    every: Every
    at: str
    time_zone: str
    weekday: int
    day: int
    formats: list[AttachedFormat]
    state: State
    paused_because: str | None
    next_at: AwareDatetime | None
    is_asked_for: bool
    """Whether it is about to be sent because somebody asked."""
    last: LastMailOut | None
    may_edit: bool
    revision: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class ReportMailsOut(BaseModel):
    """The mails of a report."""

    items: list[ReportMailOut]
