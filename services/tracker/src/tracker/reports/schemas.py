"""Replies to questions about reactions."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from common.contracts.lui import DeliveryKind, TrackingLevel


class OpensOut(BaseModel):
    """Loads of the pixel."""

    total: int
    unique: int | None
    """Different recipients; null where the level cannot know."""


class ClicksOut(BaseModel):
    """Followed links."""

    any: int
    html: int
    text: int
    unique: int | None
    """Different recipients; null where the level cannot know."""


class LinkOut(BaseModel):
    """Followed links, one of them."""

    number: int
    part: Literal["html", "text"]
    url: str
    alias: str | None
    total: int
    unique: int | None


class ReportOut(BaseModel):
    """Sums of reactions."""

    opens: OpensOut
    clicks: ClicksOut
    by_link: list[LinkOut]
    as_of: datetime
    rules_version: int
    """Which rule set told people from machines."""


class DeliveryReportOut(ReportOut):
    """Sums of one delivery's reactions; what a test or a rehearsal got counts nowhere else."""

    delivery_id: str
    kind: DeliveryKind
    level: TrackingLevel


class SeriesOut(BaseModel):
    """One line of a chart."""

    name: Literal["opens", "clicks html", "clicks text"]
    points: list[tuple[datetime, int]]
    """Start of the interval (UTC) and count."""


class OverTimeOut(BaseModel):
    """Reactions over time: all series have the same starts."""

    series: list[SeriesOut]
    notes: list[str]
    """What a reader must know to trust the numbers, in plain words."""
