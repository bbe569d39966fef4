"""What is asked of reactions, and the answer: the four classic types over one or many jobs."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from common.contracts.lui import MAX_LINK_LENGTH, TrackingLevel

ReportType = Literal["over_time", "sum", "recipients", "details"]
Event = Literal["opens", "clicks", "clicks_html", "clicks_text", "actions"]
Interval = Literal["hour", "day", "week", "month"]
Count = Literal["total", "unique"]
Judged = Literal["human"]
Format = Literal["csv", "xlsx", "svg", "png"]
MAX_DAYS = 3_660
"""The longest period; ten years."""

_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"
_JobId = Annotated[str, StringConstraints(min_length=1, max_length=64)]
_Label = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LINK_LENGTH)]
_Column = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class ReportSourceIn(BaseModel):
    """One thing to count: an event, in some jobs, of all links or of chosen ones."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=_NO_CONTROLS)] | None = None
    color: Color | None = None
    event: Event
    job_ids: list[_JobId] = Field(min_length=1, max_length=50)
    links: list[_Label] | None = Field(default=None, min_length=1, max_length=100)
    """Labels: the alias of a link, or its URL where it has none. None: every link."""
    tags: list[_Label] | None = Field(default=None, min_length=1, max_length=100)
    """Ids of action tags. None: every one."""


class PeriodIn(BaseModel):
    """Local dates, both ends included: `from` and/or `to`, or `last_days` (today among them), or a `month`."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, serialize_by_alias=True)

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    last_days: int | None = Field(default=None, ge=1, le=MAX_DAYS)
    month: Month | None = None

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        ways = (self.from_ or self.to) is not None, self.last_days is not None, self.month is not None
        if sum(ways) > 1:
            raise ValueError("say it by from and to, by last_days or by month, not by two of them")
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError("the period ends before it begins")
        return self


class ReportQueryIn(BaseModel):
    """A whole question. What does not fit the tracking levels of the jobs is refused, saying why."""

    model_config = ConfigDict(extra="forbid", title="ReportQuery")

    type: ReportType
    sources: list[ReportSourceIn] = Field(min_length=1, max_length=12)
    period: PeriodIn = PeriodIn()
    time_zone: str = Field(default="UTC", min_length=1, max_length=64)
    """IANA name; intervals start at local midnight, Monday or the first."""
    interval: Interval = "day"
    count: Count = "total"
    """`unique` counts every recipient once, when they first reacted."""
    judged: Judged | None = None
    """`human` leaves out what the rule set calls a machine."""
    columns: list[_Column] | None = Field(default=None, max_length=50)
    """Of the recipients, for the types `recipients` and `details`. None: those the job is identified by."""


class PeriodOut(BaseModel):
    """The dates that were really used; null is open."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    from_: date | None = Field(alias="from")
    to: date | None


class ReportSeriesOut(BaseModel):
    """What one source came to. `points` follow `judged` and `count` of the query; the sums are always both."""

    name: str
    color: str | None
    event: Event
    total: int
    """Every recorded reaction."""
    humans: int
    """Those the rule set does not call a machine."""
    people: int | None
    """Different recipients; null unless `count` is `unique`."""
    human_people: int | None
    points: list[tuple[AwareDatetime, int]]
    """Start of the interval and count; empty unless the type is `over_time`."""


Cell = str | int | None
ColumnKind = Literal["text", "count", "instant"]


class ColumnOut(BaseModel):
    """A column of the table: `key` is stable, `title` is for people."""

    key: str
    title: str
    kind: ColumnKind


class TableOut(BaseModel):
    """Rows of the report; `next` is given back as `after`."""

    columns: list[ColumnOut]
    rows: list[list[Cell]]
    next: str | None


class ReportJobOut(BaseModel):
    """A job that was asked about. Of a deleted one the title is kept, and its reactions are still counted."""

    id: str
    title: str | None
    """Null of what is not known here, or not to be seen."""
    system_id: str | None
    level: TrackingLevel | None
    """Null when nothing was sent."""
    deleted: bool


class ReportResultOut(BaseModel):
    """The answer, with everything needed to ask again."""

    query: ReportQueryIn
    as_of: AwareDatetime
    rules_version: int | None
    """Which rule set told people from machines; null when nothing was counted."""
    period: PeriodOut
    series: list[ReportSeriesOut]
    table: TableOut | None
    jobs: list[ReportJobOut]
    notes: list[str]
    """What a reader must know to trust the numbers, in plain words."""


class PossibleOut(BaseModel):
    """A choice, and in a sentence why it is not possible."""

    value: str
    possible: bool
    reason: str | None


class LinkChoiceOut(BaseModel):
    """A link that can be asked for by its label; links with the same alias are one."""

    label: str
    urls: list[str]
    is_alias: bool
    jobs: int


class TagChoiceOut(BaseModel):
    """An action tag that can be asked for."""

    id: str
    name: str


class JobGroupOut(BaseModel):
    """Jobs whose recipients have the same columns: their details fit one table."""

    level: TrackingLevel
    columns: list[str]
    job_ids: list[str]


class PossibilitiesOut(BaseModel):
    """What can be asked of some jobs."""

    types: list[PossibleOut]
    counts: list[PossibleOut]
    events: list[PossibleOut]
    links: list[LinkChoiceOut]
    tags: list[TagChoiceOut]
    columns: list[str]
    """Of the recipients, where all jobs have the same; else look at `groups`."""
    groups: list[JobGroupOut]
    jobs: list[ReportJobOut]


class PossibilitiesWanted(BaseModel):
    """Which jobs, and which of their links."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    job_ids: list[_JobId] = Field(alias="job_id", min_length=1, max_length=600)
    search: str | None = Field(default=None, max_length=200)
    """A part of a link's label or address."""
