"""Jobs and their steps over HTTP."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from common.contracts.charset import Charset
from common.contracts.lui import DeliveryKind, InDoubt, TrackingLevel
from common.contracts.mailer import DeliveryState
from lui.audience.schemas import AnySourceOut, CountsOut, DuplicatesOut, Usage
from lui.content.schemas import FileOut, Link, MergeFieldOut, WarningOut
from lui.jobs.authorizing import OverriddenOut
from lui.jobs.words import Action, Stage, StepState
from lui.scheduling.schemas import ScheduleMode
from lui.senders.schemas import Bounces

NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True, pattern=NO_CONTROLS)]
Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,20}$")]
AddressText = Annotated[str, StringConstraints(max_length=320)]


class JobIn(BaseModel):
    """A new job."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    prefix: Prefix | None = None


class JobPatch(BaseModel):
    """What is given is changed; a prefix of null is taken away."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None
    prefix: Prefix | None = None


class CopyIn(BaseModel):
    """The copy's title; the original's when not given."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None


class TestIn(BaseModel):
    """Who gets the test, with the merge data of which recipient."""

    __test__ = False
    model_config = ConfigDict(extra="forbid")

    addresses: list[AddressText] = Field(min_length=1, max_length=20)
    recipient: int = Field(default=1, ge=1)


Share = Annotated[float, Field(ge=0, le=1)]


class AnswersIn(BaseModel):
    """Shares of the envelopes that the built-in receiver answers like this; what is left is accepted."""

    model_config = ConfigDict(extra="forbid")

    accept: Share | None = None
    greylist: Share = 0.0
    refuse: Share = 0.0
    drop_after_dot: Share = 0.0
    slow: Share = 0.0
    slow_seconds: float = Field(default=1.0, ge=0, le=60)

    @model_validator(mode="after")
    def _one_whole(self) -> "AnswersIn":
        drawn = self.greylist + self.refuse + self.drop_after_dot + self.slow
        if drawn > 1 + _ROUNDING or (self.accept is not None and abs(self.accept + drawn - 1) > _ROUNDING):
            raise ValueError("the shares do not make one whole")
        return self


_ROUNDING = 1e-6


class RehearsalIn(BaseModel):
    """How many recipients, in their order, and what the receiver answers; the same seed answers the same."""

    model_config = ConfigDict(extra="forbid")

    limit: int | None = Field(default=None, ge=1)
    answers: AnswersIn = AnswersIn()
    seed: int = Field(default=0, ge=0, lt=2**63)


class PreviewIn(BaseModel):
    """For which recipient to merge."""

    model_config = ConfigDict(extra="forbid")

    recipient: int = Field(default=1, ge=1)


class ProblemOut(BaseModel):
    """Why a step is not done."""

    code: str
    detail: str


class StepOut(BaseModel):
    """Where a step stands; `etag` is for `If-Match`."""

    state: StepState
    problems: list[ProblemOut]
    etag: str


class StepsOut(BaseModel):
    """The workflow, in its order."""

    recipients: StepOut
    content: StepOut
    tracking: StepOut
    sender: StepOut
    test: StepOut
    schedule: StepOut
    authorize: StepOut


class JobDeliveryOut(BaseModel):
    """A delivery of the job; `verdict` is the tester's word on a test."""

    id: str
    kind: DeliveryKind
    state: DeliveryState
    total: int
    requested_at: AwareDatetime
    verdict: Literal["accepted", "rejected"] | None
    capped_from: TrackingLevel | None
    """The level of tracking the job asked for, when the settings allowed less by the time it was sent."""


class OwnerOut(BaseModel):
    """Whose job it is."""

    id: str
    name: str


class AuthorizationOut(BaseModel):
    """Who gave the word; `digest` binds content, audience, sender, tracking and schedule (SHA-256, hex)."""

    authorized_by: OwnerOut
    authorized_at: AwareDatetime
    digest: str
    notify: list[str]
    overridden: list[OverriddenOut]


class JobSummaryOut(BaseModel):
    """A job in a list."""

    id: str
    system_id: str
    reference: str
    """The system id with the prefix in front, as people write it."""
    title: str
    prefix: str | None
    stage: Stage
    stage_reason: str | None
    """In plain words why the job failed, when it failed."""
    owner: OwnerOut
    group_id: str | None
    due_at: AwareDatetime | None
    """When a waiting job is sent; null while it waits for a trigger."""
    created_at: AwareDatetime
    updated_at: AwareDatetime


class JobOut(JobSummaryOut):
    """A job with its workflow."""

    steps: StepsOut
    deliveries: list[JobDeliveryOut]
    """Newest last."""
    authorization: AuthorizationOut | None
    stopping: bool
    """Somebody asked to stop, and mailer has not said yet that it did."""
    allowed_actions: list[Action]
    """What the caller can do with the job now."""
    etag: str


class RecipientOut(BaseModel):
    """A recipient as the sample shows it."""

    ordinal: int
    address: str
    values: list[str]


class RecipientsOut(BaseModel):
    """The recipients step."""

    source: AnySourceOut
    address_column: str
    name_column: str | None
    usage: Usage
    duplicates: DuplicatesOut
    columns: list[str]
    counts: CountsOut
    sample: list[list[str]]
    """Values per column of the first recipients."""
    recipients: list[RecipientOut]
    """The same recipients with ordinal and address."""
    warnings: list[str]


class ContentOut(BaseModel):
    """The content step."""

    subject: str
    html: str | None
    text: str | None
    text_alternative: str | None
    """Made from the HTML part where no text part was written; it is sent."""
    merge_fields: list[MergeFieldOut]
    links: list[Link]
    warnings: list[WarningOut]
    charset: Charset
    files: list[FileOut]
    """In the order in which they are sent."""


class SenderOut(BaseModel):
    """The sender step."""

    address: str
    name: str | None
    reply_to: str | None
    bounces: Bounces


class ScheduleOut(BaseModel):
    """The schedule step."""

    mode: ScheduleMode
    at: str | None
    time_zone: str | None
    due_at: AwareDatetime | None
    note: str | None
    in_doubt: InDoubt


class PreviewOut(BaseModel):
    """The message one recipient would get."""

    subject: str
    html: str | None
    text: str | None
    headers: list[tuple[str, str]]
