"""HTTP bodies."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MAX_ADDRESS = 320
Scope = Literal["group", "global"]
_Note = Annotated[str, Field(max_length=500)]


class Reason(StrEnum):
    """Why an address is left alone."""

    UNKNOWN_MAILBOX = "unknown_mailbox"
    MAILBOX_DISABLED = "mailbox_disabled"
    UNKNOWN_DOMAIN = "unknown_domain"
    ADDRESS_SYNTAX = "address_syntax"
    SOFT_STREAK = "soft_streak"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"
    MANUAL = "manual"


class SuppressionOut(BaseModel):
    """An address that is not written to: by its group, or by nobody in the installation (`global`)."""

    id: str
    address: str
    scope: Scope
    group_id: str | None
    reason: Reason
    note: str | None
    evidence: dict[str, Any]
    """What it rests on: the delivery and the recipient's place in it, what the server said."""
    since: AwareDatetime
    added_by: str | None
    lifted_at: AwareDatetime | None
    lifted_by: str | None
    lift_note: str | None


class Wanted(BaseModel):
    """Which suppressions are asked for."""

    model_config = ConfigDict(extra="forbid")

    search: Annotated[str, Field(max_length=MAX_ADDRESS)] = ""
    """A whole address or its beginning; case does not matter."""
    reason: Reason | None = None
    scope: Scope | None = None
    lifted: bool = False
    """Those that were lifted, instead of those in force."""


class WantedPage(Wanted):
    """Which of them, and which page."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50
    after: Annotated[str, Field(max_length=1_000)] | None = None


class SuppressIn(BaseModel):
    """An address that somebody wants left alone."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, Field(min_length=3, max_length=MAX_ADDRESS)]
    scope: Scope = "group"
    note: _Note | None = None


class LiftIn(BaseModel):
    """Why an address may be written to again."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(min_length=1, max_length=500)]


class SuppressByEnvelopeIn(BaseModel):
    """Whom lui wants left alone, because of which envelope."""

    model_config = ConfigDict(extra="ignore")

    delivery_id: str
    ordinal: Annotated[int, Field(ge=1)]
    address: Annotated[str, Field(min_length=3, max_length=320)]
    group_id: str | None
    reason: Annotated[str, Field(min_length=1, max_length=60)]


class SuppressedOut(BaseModel):
    """Committed: no intent from now on will be granted for the address."""

    suppressed: bool
    is_new: bool
