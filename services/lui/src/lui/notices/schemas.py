"""Notices as mailer reads them."""

from pydantic import BaseModel


class NoticeFileOut(BaseModel):
    """A file of a notice; its octets come by their digest."""

    file_name: str
    content_type: str
    size: int
    sha256: str
    content_id: str | None
    """Set for an image that the HTML shows as `cid:` and this."""


class NoticeOut(BaseModel):
    """What a notice says, and to whom; the digest in the fact is over exactly this document."""

    subject: str
    text: str
    html: str | None
    addresses: list[str]
    files: list[NoticeFileOut]
