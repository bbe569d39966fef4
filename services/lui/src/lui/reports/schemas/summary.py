"""Reports as people and programs read them."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.mailer import BounceClass

Part = Literal["html", "text"]


class ReportWanted(BaseModel):
    """Which hits count."""

    model_config = ConfigDict(extra="forbid")

    judged: Literal["human"] | None = None
    """`human` leaves out what the judgement rules call a machine."""


class OverTimeWanted(ReportWanted):
    """Which hits count, and how they are put into intervals."""

    interval: Literal["hour", "day", "week", "month"] = "day"
    time_zone: str = Field("UTC", max_length=64)
    """IANA name; intervals start at local midnight, Monday or the first."""


class OpensOut(BaseModel):
    """Loads of the pixel; `unique` is null at the levels that cannot know it."""

    total: int
    unique: int | None


class ClicksOut(BaseModel):
    """Followed links, by the part they stood in; `unique` is null at the levels that cannot know it."""

    any: int
    html: int
    text: int
    unique: int | None


class LinkRow(BaseModel):
    """Clicks on one link of the content."""

    link_id: str
    part: Part
    url: str
    alias: str | None
    total: int
    unique: int | None


class BouncesOut(BaseModel):
    """Messages that were sent and came back."""

    total: int
    permanent: int
    temporary: int
    by_class: dict[BounceClass, int]
    complaints: int
    """Recipients who called the message spam; whether it came back does not matter."""


class BounceGroupOut(BaseModel):
    """Messages that came back for one reason; `share` is their part of all that came back, from 0 to 1."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    bounce_class: BounceClass = Field(alias="class")
    permanent: bool
    count: int
    share: float


class BounceReportOut(BaseModel):
    """What came back of a job's live deliveries, the most frequent reason first."""

    total: int
    permanent: int
    by_class: list[BounceGroupOut]
    complaints: int
    as_of: AwareDatetime


class BouncesWanted(BaseModel):
    """Which bounces are wanted as a table, and whether with reasons; no class means all of them, and complaints."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    classes: list[BounceClass | Literal["complaint"]] = Field([], alias="class", max_length=30)
    reasons: bool = True


class ReportOut(BaseModel):
    """The sum of events of a job's live deliveries."""

    opens: OpensOut
    clicks: ClicksOut
    by_link: list[LinkRow]
    bounces: BouncesOut
    unsubscribed: int
    as_of: AwareDatetime
    rules_version: int | None
    """Which rule set told people from machines; null before anything was sent."""


class SeriesOut(BaseModel):
    """One line over time: `[start of the interval, count]`."""

    name: str
    points: list[tuple[AwareDatetime, int]]


class OverTimeOut(BaseModel):
    """Lines over the same intervals."""

    series: list[SeriesOut]
    notes: list[str]
    """What a reader must know to trust the numbers, in plain words."""
