"""The content document as lui serves it, and the bodies of the internal routes."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.charset import Charset
from common.contracts.lui import TrackingLevel, TrackingPlanV1

MAX_FILES = 100
Columns = Annotated[list[str], Field(max_length=1_000)]
Ordinal = Annotated[int, Field(ge=1)]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Bounces(_Body):
    """Where reports of failures go: to us, or to an address of the sender's."""

    mode: Literal["automatic", "address"] = "automatic"
    address: str | None = None


class Sender(_Body):
    """Who the message is from."""

    address: str
    name: str | None = None
    reply_to: str | None = None
    bounces: Bounces = Bounces()


class Attachment(_Body):
    """A file that goes with the message; its octets come by their digest."""

    file_name: Annotated[str, Field(max_length=1_000)]
    content_type: Annotated[str, Field(max_length=200)]
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    content_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}(@[A-Za-z0-9.-]{1,100})?$")] | None = None
    """Set for an inline image, which the HTML part shows as `cid:` and this."""


class ContentDocument(_Body):
    """Everything of a delivery that is the same for all its recipients, frozen when it was authorized."""

    delivery_id: str | None = None
    delivery_number: Annotated[int, Field(ge=0, lt=2**32)] = 0
    kind: Literal["live", "test", "rehearsal"] = "live"
    subject: str
    html: str | None = None
    text: str | None = None
    columns: Columns = []
    address_column: str | None = None
    name_column: str | None = None
    sender: Sender
    tracking: TrackingPlanV1 = TrackingPlanV1(level=TrackingLevel.OFF, opens=False, links=())
    reference_time: AwareDatetime | None = None
    list_id: str | None = None
    usage: Literal["merge", "bulk"] = "merge"
    subject_mark: str = ""
    charset: Charset = "utf-8"
    attachments: Annotated[list[Attachment], Field(max_length=MAX_FILES)] = []


class ContentCheckIn(_Body):
    """Content to be checked; `columns` null means that the recipients are not known yet."""

    subject: str
    html: str | None = None
    text: str | None = None
    charset: Charset = "utf-8"
    columns: Columns | None = None


class MergeFieldOut(_Body):
    """A merge field and where it is used."""

    name: str
    part: Literal["subject", "html", "text", "link"]


class LinkOut(_Body):
    """A trackable link."""

    number: int
    part: Literal["html", "text"]
    url: str
    alias: str | None
    personal: bool


class ErrorOut(_Body):
    """A mistake that keeps the content from being sent; line and column count from 1."""

    part: Literal["subject", "html", "text"]
    line: int
    column: int
    detail: str


class WarningOut(_Body):
    """Something worth knowing that does not keep the content from being sent."""

    part: Literal["subject", "html", "text"]
    detail: str


class ContentCheckOut(_Body):
    """What the content holds and what is wrong with it."""

    merge_fields: list[MergeFieldOut]
    links: list[LinkOut]
    text_alternative: str | None
    """Generated when there is HTML and no text was given."""
    errors: list[ErrorOut]
    warnings: list[WarningOut]


class PreviewIn(ContentDocument):
    """A content document and one recipient to merge it for: ordinal, address, values in the order of `columns`."""

    recipient: tuple[Ordinal, str, list[str]]


class PreviewOut(_Body):
    """One merged message, decoded, links as they are without tracking."""

    subject: str
    html: str | None
    text: str | None
    headers: list[tuple[str, str]]
