"""Questions of lui over many deliveries, and their answers: one round trip a report."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from common.contracts.lui import MAX_LINK_LENGTH
from tracker.reports.rules.intervals import Interval

Event = Literal["opens", "clicks", "clicks_html", "clicks_text", "actions"]
Count = Literal["total", "unique"]
_Label = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LINK_LENGTH)]


class SourceIn(BaseModel):
    """One thing to count in some deliveries."""

    model_config = ConfigDict(extra="forbid")

    event: Event
    delivery_ids: list[UUID] = Field(max_length=5_000)
    labels: list[_Label] | None = Field(default=None, max_length=100)
    """Of links: alias, or URL where there is none. None: every link."""
    tags: list[int] | None = Field(default=None, max_length=100)
    """Numbers of action tags. None: every one."""


class WantedIn(BaseModel):
    """What is counted, when, and by whose count."""

    model_config = ConfigDict(extra="forbid")

    sources: list[SourceIn] = Field(max_length=12)
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    """Not included."""
    judged: Literal["human"] | None = None


class CountIn(WantedIn):
    """Sums, and lines when an interval is given."""

    time_zone: str = Field(default="UTC", max_length=64)
    interval: Interval | None = None
    count: Count = "total"


class PageIn(WantedIn):
    """Rows after a place."""

    after: list[int | str] | None = Field(default=None, max_length=8)
    limit: int = Field(default=500, ge=1, le=2_000)


class LabelOut(BaseModel):
    """What one label of a source came to; `label` is the number for action tags."""

    label: str
    html: int
    text: int
    total: int
    humans: int
    people: int | None
    human_people: int | None


class SourceOut(BaseModel):
    """What one source came to."""

    total: int
    humans: int
    people: int | None
    human_people: int | None
    points: list[tuple[datetime, int]]
    labels: list[LabelOut]
    unknown_labels: list[str]
    """Asked for, and in none of the plans."""


class CountOut(BaseModel):
    """Everything asked, of one moment."""

    sources: list[SourceOut]
    rules_version: int
    as_of: datetime
    notes: list[str]


class PersonOut(BaseModel):
    """A recipient (or, at anonymous, a profile) who reacted to a source."""

    source: int
    delivery_id: str
    subject: int
    first_at: datetime
    hits: int
    is_human: bool


class PeopleOut(BaseModel):
    """A page of recipients."""

    rows: list[PersonOut]
    next: list[int | str] | None
    rules_version: int
    as_of: datetime
    notes: list[str]


class ReactionOut(BaseModel):
    """One recorded reaction."""

    source: int
    delivery_id: str
    at: datetime
    kind: Literal["open", "click", "action"]
    subject: int
    label: str | None
    part: str
    judgement: str
    agent: str
    network_class: str
    rule: str
    """The name of the rule that judged it."""


class ReactionsOut(BaseModel):
    """A page of raw reactions."""

    rows: list[ReactionOut]
    next: list[int | str] | None
    rules_version: int
    as_of: datetime
    notes: list[str]


class SumsIn(BaseModel):
    """Which deliveries."""

    model_config = ConfigDict(extra="forbid")

    delivery_ids: list[UUID] = Field(max_length=5_000)


class DeliverySumsOut(BaseModel):
    """One delivery's totals."""

    delivery_id: str
    opens: int
    human_opens: int
    clicks: int
    human_clicks: int
    opened: int | None
    human_opened: int | None
    clicked: int | None
    human_clicked: int | None


class SumsOut(BaseModel):
    """Totals of deliveries, those unknown here left out."""

    deliveries: list[DeliverySumsOut]
    rules_version: int
    as_of: datetime
