"""Notices over HTTP, and as their owner serves them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.notices import NoticeState
from mailer.composing.schemas import Attachment

MAX_ADDRESSES = 100
_MAX_TEXT = 2 * 1024 * 1024


class NoticeStage(StrEnum):
    """Where a notice stands as a whole."""

    WAITING = "waiting"
    """Its content is still to be fetched."""
    OPEN = "open"
    ENDED = "ended"
    FAILED = "failed"
    """It could not be fetched, or made no message."""


class NoticeDocument(BaseModel):
    """What the owner of a notice serves: only what is read here."""

    model_config = ConfigDict(extra="ignore")

    subject: Annotated[str, Field(min_length=1, max_length=500)]
    text: Annotated[str, Field(max_length=_MAX_TEXT)]
    html: Annotated[str, Field(max_length=_MAX_TEXT)] | None = None
    addresses: Annotated[list[Annotated[str, Field(max_length=320)]], Field(min_length=1, max_length=MAX_ADDRESSES)]
    files: Annotated[list[Attachment], Field(max_length=20)] = []


class NoticeWanted(BaseModel):
    """Which notices are wanted."""

    model_config = ConfigDict(extra="forbid")

    only: Literal["open", "failed"] | None = None
    """`open`: still being tried; `failed`: somebody did not get it, or may not have."""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    after: Annotated[str, Field(max_length=1_000)] | None = None


class NoticeAddressOut(BaseModel):
    """One address of a notice."""

    address: str
    state: NoticeState
    attempts: int
    reply_code: int | None
    reply_text: str | None
    changed_at: AwareDatetime
    next_attempt_at: AwareDatetime | None


class NoticeOut(BaseModel):
    """A short mail to people who work with the installation."""

    id: str
    requested_by: str
    reason: str
    subject: str | None
    """Null while its content has not been fetched."""
    stage: NoticeStage
    problem: str | None
    created_at: AwareDatetime
    not_after: AwareDatetime
    ended_at: AwareDatetime | None
    addresses: list[NoticeAddressOut]
