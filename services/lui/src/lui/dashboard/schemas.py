"""The first page: what was sent last, what came of it, and what is due."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from common.contracts.mailer import DeliveryState
from lui.statistics.schemas import StatisticsJobOut, TrackingRowOut


class LastDeliveryOut(BaseModel):
    """One of the last deliveries; its numbers are null when they may not be seen or cannot be had."""

    delivery_id: str
    state: DeliveryState
    job: StatisticsJobOut
    started_at: AwareDatetime
    recipients: int
    numbers: TrackingRowOut | None


class ActivityPointOut(BaseModel):
    """One day; opens and clicks are null when they may not be seen or cannot be had."""

    day: date
    sent: int
    opens: int | None
    clicks: int | None


class ActivityOut(BaseModel):
    """Thirty days, the last one today."""

    time_zone: str
    points: list[ActivityPointOut]


class CalendarJobOut(BaseModel):
    """A job on a day."""

    id: str
    title: str
    at: AwareDatetime
    kind: Literal["delivered", "running", "scheduled"]


class CalendarDayOut(BaseModel):
    """A day on which something was, is or will be sent."""

    day: date
    jobs: list[CalendarJobOut]


class UpcomingOut(BaseModel):
    """A job that is due within a week, or waits for its trigger."""

    job: StatisticsJobOut
    at: AwareDatetime | None
    """Null: it waits for somebody or something to trigger it."""


class DashboardOut(BaseModel):
    """Everything of the first page."""

    last_deliveries: list[LastDeliveryOut]
    activity: ActivityOut
    calendar: list[CalendarDayOut]
    """Of the month that was asked for."""
    month: str
    upcoming: list[UpcomingOut]
    jobs_total: int
    as_of: AwareDatetime
    notes: list[str]
