"""HTTP bodies."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.mailer import BounceClass

Wanted = Annotated[list[BounceClass | Literal["complaint"]] | None, Query(alias="class", max_length=30)]


class BounceClassOut(BaseModel):
    """Messages that came back for one reason; `share` is their part of all that came back, from 0 to 1."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    bounce_class: BounceClass = Field(alias="class")
    permanent: bool
    count: int
    share: float


class SuppressionStoppedOut(BaseModel):
    """Reports were so unusual that they suppress nobody until somebody looked."""

    at: AwareDatetime
    reason: str


class BouncesOut(BaseModel):
    """What came back of a delivery. A delay is no bounce; an automatic reply neither."""

    total: int
    permanent: int
    by_class: list[BounceClassOut]
    """The most frequent first."""
    complaints: int
    delayed: int
    auto_replies: int
    suppression_stopped: SuppressionStoppedOut | None


class SourceOut(BaseModel):
    """Where reports come from; `silent` is set up and was not heard of yet."""

    kind: Literal["smtp", "lmtp", "imap", "maildir", "hook"]
    name: str
    state: Literal["ok", "failing", "silent"]
    problem: str | None
    last_received_at: AwareDatetime | None
    received_count: int
    unmatched_count: int
    quarantined_count: int


class HookTakenOut(BaseModel):
    """How many events a request held, and how many of them changed something."""

    events: int
    changed: int
