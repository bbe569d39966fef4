"""Statistics over jobs: rates of each job, their mean, and what they pool to."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from common.contracts.lui import TrackingLevel

Rate = float | None
"""From 0 to 1; null where nobody can know, or nothing is there to divide by."""
Via = Literal["origin", "reaction"]
_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"


class StatisticsWanted(BaseModel):
    """Jobs whose delivery began in a period of local dates; both ends are included."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    last_days: int | None = Field(default=None, ge=1, le=3_660)
    prefix: Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)] | None = None
    """The jobs' prefix, exactly."""
    search: Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)] | None = None
    """A part of the title, letter case apart."""
    time_zone: str = Field(default="UTC", min_length=1, max_length=64)

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if self.last_days is not None and (self.from_ or self.to):
            raise ValueError("say it by from and to or by last_days, not by both")
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError("the period ends before it begins")
        return self


class TrackingWanted(StatisticsWanted):
    """As above, and whose reactions count."""

    judged: Literal["human"] | None = None


class StatisticsJobOut(BaseModel):
    """Which job a row is about."""

    id: str
    title: str
    system_id: str
    stage: str


class TrackingRatesOut(BaseModel):
    """Shares of a job's messages, of recipients at the levels that know them."""

    opened_of_unbounced: Rate
    clicked_of_unbounced: Rate
    clicked_of_opened: Rate
    unsubscribed_of_unbounced: Rate


class TrackingRowOut(BaseModel):
    """What one job's live deliveries came to."""

    job: StatisticsJobOut
    level: TrackingLevel | None
    """Null when its deliveries have several."""
    deliveries: int
    delivered_at: AwareDatetime
    """When the newest of them began."""
    recipients: int
    bounced: int
    unbounced: int
    """Messages that were taken and did not come back."""
    opens: int
    clicks: int
    opened: int | None
    """Different recipients; null at the levels that cannot know."""
    clicked: int | None
    unsubscribed: int
    rates: TrackingRatesOut


class CountedOut(BaseModel):
    """Over how many jobs each mean was taken."""

    opened_of_unbounced: int
    clicked_of_unbounced: int
    clicked_of_opened: int
    unsubscribed_of_unbounced: int


class TrackingStatisticsOut(BaseModel):
    """Tracking statistics: `mean` is the mean of the jobs' rates, `pooled` divides the sums."""

    rows: list[TrackingRowOut]
    mean: TrackingRatesOut
    pooled: TrackingRatesOut
    counted: CountedOut
    rules_version: int | None
    as_of: AwareDatetime
    notes: list[str]


class DeliveryRatesOut(BaseModel):
    """Shares of a job's recipients."""

    unbounced_of_recipients: Rate
    bounced_of_taken: Rate
    refused_of_recipients: Rate
    complained_of_taken: Rate


class DeliveryRowOut(BaseModel):
    """How one job's live deliveries went."""

    job: StatisticsJobOut
    deliveries: int
    delivered_at: AwareDatetime
    recipients: int
    taken: int
    """Messages a receiving server took, also those that came back later."""
    unbounced: int
    bounced: int
    refused: int
    suppressed: int
    expired: int
    cancelled: int
    complained: int
    in_doubt: int
    waiting: int
    seconds: float | None
    """From the first start to the last end; null while one runs."""
    rates: DeliveryRatesOut


class DeliveryCountedOut(BaseModel):
    """Over how many jobs each mean was taken."""

    unbounced_of_recipients: int
    bounced_of_taken: int
    refused_of_recipients: int
    complained_of_taken: int


class DeliveryStatisticsOut(BaseModel):
    """Delivery statistics: `mean` is the mean of the jobs' rates, `pooled` divides the sums."""

    rows: list[DeliveryRowOut]
    mean: DeliveryRatesOut
    pooled: DeliveryRatesOut
    counted: DeliveryCountedOut
    as_of: AwareDatetime
    notes: list[str]


class CompareWanted(BaseModel):
    """Which jobs stand side by side."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    ids: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(
        alias="id", min_length=2, max_length=20
    )
    judged: Literal["human"] | None = None


class SequenceStepOut(BaseModel):
    """A job of a sequence, and why it follows another one."""

    job: StatisticsJobOut
    depth: int
    """0 is where the sequence begins."""
    via: Via
    source_job_id: str | None
    deliveries: int
    """How often it was sent; more than once when it repeats."""
    recipients: int
    opens: int
    clicks: int
    delivered_at: AwareDatetime | None


class SequenceOut(BaseModel):
    """A message sequence, each job after the one it follows."""

    items: list[SequenceStepOut]
    notes: list[str]
