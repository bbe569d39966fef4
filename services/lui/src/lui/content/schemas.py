"""What a message says, as its author wrote it and as it was checked."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from common.contracts.charset import Charset

MAX_SUBJECT_LENGTH = 500
MAX_PART_LENGTH = 2_000_000
MAX_FILES = 50
DEFAULT_CHARSET = "utf-8"


class FileOrder(BaseModel):
    """A file in its place, and whether the HTML part shows it."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=64)
    is_inline: bool


class ContentIn(BaseModel):
    """Subject and one or both parts, all in the merge language."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(max_length=MAX_SUBJECT_LENGTH)
    html: str | None = Field(default=None, max_length=MAX_PART_LENGTH)
    text: str | None = Field(default=None, max_length=MAX_PART_LENGTH)
    charset: Charset = "utf-8"
    """`auto` is the smallest that everything written fits in; what does not fit is sent in UTF-8 whatever is asked."""
    files: list[FileOrder] | None = Field(default=None, max_length=MAX_FILES)
    """Every file of the job in its new order; left out, they stay as they are."""


class FileOut(BaseModel):
    """A file of a job."""

    id: str
    file_name: str
    content_type: str
    size: int
    sha256: str
    is_inline: bool
    content_id: str
    """What the HTML part shows it by, as `cid:` and this, when it is inline."""


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
