"""What a message says, as its author wrote it and as it was checked."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_SUBJECT_LENGTH = 500
MAX_PART_LENGTH = 2_000_000


class ContentIn(BaseModel):
    """Subject and one or both parts, all in the merge language."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=MAX_SUBJECT_LENGTH)
    html: str | None = Field(default=None, max_length=MAX_PART_LENGTH)
    text: str | None = Field(default=None, max_length=MAX_PART_LENGTH)


class MergeFieldOut(BaseModel):
    """A merge field and where it is used."""

    name: str
    part: str


class Link(BaseModel):
    """A link of the content that can be tracked."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    """Its number in the tracking plan, as text."""
    part: Literal["html", "text"]
    url: str
    alias: str | None
    personal: bool
    """The target holds merge fields, so that it differs by recipient."""


class WarningOut(BaseModel):
    """What the author should look at before sending."""

    part: str
    detail: str
