"""The tracking step: what is asked for, what is kept, and what is shown of it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from common.contracts.lui import TrackingLevel
from lui.audience.rules.profiles import MAX_PROFILE_COLUMNS
from lui.content.schemas import Link
from lui.jobs.words import Clicks

NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
Column = Annotated[str, Field(max_length=64)]
ProfileColumns = Annotated[list[Column], Field(max_length=MAX_PROFILE_COLUMNS)]
Parameter = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True, pattern=NO_CONTROLS)]


class CampaignIn(BaseModel):
    """`utm_` parameters, the same for everybody; what is empty is not sent."""

    model_config = ConfigDict(extra="forbid")

    source: Parameter | None = None
    medium: Parameter | None = None
    campaign: Parameter | None = None
    term: Parameter | None = None
    content: Parameter | None = None

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Names as they stand in addresses, with their values."""
        return tuple((f"utm_{name}", value) for name, value in self.model_dump().items() if value)


class ActionsIn(BaseModel):
    """How long a visit counts as a reaction; 0: until the browser is closed."""

    model_config = ConfigDict(extra="forbid")

    cookie_days: Annotated[int, Field(ge=0, le=30)] = 30


class TrackingIn(BaseModel):
    """`links` are ids of the content's links and go with clicks `chosen`."""

    model_config = ConfigDict(extra="forbid")

    level: TrackingLevel
    opens: bool
    clicks: Clicks
    links: list[str] | None = Field(default=None, max_length=10_000)
    identify_by: Column | None = None
    consent_column: Column | None = None
    profile_columns: ProfileColumns | None = None
    campaign: CampaignIn | None = None
    actions: ActionsIn | None = None


class Counted(BaseModel):
    """What was counted of the audience when the choice was made."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    snapshot_id: str
    people: int
    consenting: int | None = None
    profiles: tuple[tuple[str, ...], ...] = ()
    """Values per column of each profile; the first is number 1."""
    smallest: int | None = None
    merged_profiles: int = 0
    merged_people: int = 0


class Tracking(BaseModel):
    """A choice as it is kept: chosen links whole, so that it shows when the content no longer has them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    level: TrackingLevel
    opens: bool
    clicks: Clicks
    links: tuple[Link, ...]
    identify_by: str | None
    consent_column: str | None = None
    profile_columns: tuple[str, ...] = ()
    campaign: tuple[tuple[str, str], ...] = ()
    cookie_days: int | None = None
    """None: actions are not tracked."""
    counted: Counted | None = None


class CampaignOut(BaseModel):
    """The campaign parameters chosen."""

    source: str | None
    medium: str | None
    campaign: str | None
    term: str | None
    content: str | None


class ActionsOut(BaseModel):
    """Action tracking as it was switched on."""

    cookie_days: int


class CountedOut(BaseModel):
    """What was counted of the recipients; `consenting` is null where no column says."""

    people: int
    consenting: int | None
    profiles: int
    smallest: int | None
    """How many recipients the smallest profile has; null without profiles."""
    merged_profiles: int
    """How many combinations of values stand in no profile of their own."""
    merged_people: int


class ProfileOut(BaseModel):
    """One profile with how many recipients it has."""

    values: list[str]
    people: int


class ProfilesIn(BaseModel):
    """Which columns would make a profile, and which one says who consented."""

    model_config = ConfigDict(extra="forbid")

    profile_columns: ProfileColumns = []
    consent_column: Column | None = None


class ProfilesOut(CountedOut):
    """What such a choice would make of the recipients, and its largest profiles."""

    largest: list[ProfileOut]


class LevelOut(BaseModel):
    """A level with what it keeps from being known, and whether this job may have it."""

    level: TrackingLevel
    allowed: bool
    reason: str | None
    """Why not."""
    limits: list[str]


class OptionsOut(BaseModel):
    """What can be chosen for this job."""

    levels: list[LevelOut]
    actions_allowed: bool
    actions_reason: str | None
    columns: list[str]
    profile_columns: list[str]
    """Columns a profile may be made of: not those that say who somebody is."""
    suggested_consent_column: str | None
    smallest_profile: int
    max_profile_columns: int
    max_profiles: int


class TrackingOut(BaseModel):
    """The tracking step; `links` are ids, and null unless clicks is `chosen`."""

    level: TrackingLevel
    opens: bool
    clicks: Clicks
    links: list[str] | None
    identify_by: str | None
    consent_column: str | None
    profile_columns: list[str]
    campaign: CampaignOut | None
    actions: ActionsOut | None
    counted: CountedOut | None
    limits: list[str]
    """What reports cannot know at this level."""
    warnings: list[str]
