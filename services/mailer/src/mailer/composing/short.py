"""Short messages without merge fields: what an installation tells the people who work with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from mailer.composing import headers
from mailer.composing.addresses import normalized
from mailer.composing.errors import MergeFailed
from mailer.composing.files import File, base64_body, part_headers
from mailer.composing.identity import Identity
from mailer.composing.merge import Kind, Op
from mailer.composing.mime import frame
from mailer.composing.quoted_printable import encode
from mailer.composing.schemas import Attachment
from mailer.composing.wire import Encoded

__all__ = ["Attachment", "Head", "MergeFailed", "ShortMessage", "head_of", "normalized", "short_body"]
_UTF_8 = "utf-8"


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """What everybody gets alike."""

    key: str
    """Its name, from which boundaries are made: the same octets every time."""
    text: str
    html: str | None
    files: Sequence[tuple[Attachment, bytes]]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above it for one address."""

    sender_name: str
    sender_address: str
    to: str
    subject: str
    date: datetime
    message_id: str
    """Without angle brackets."""


def short_body(message: ShortMessage) -> bytes:
    """From the MIME headers to the last octet, as it goes over the wire."""
    parts = [_encoded("text", message.text)]
    if message.html is not None:
        parts.append(_encoded("html", message.html))
    files = [
        File(part_headers(attachment), base64_body(octets), attachment.content_id is not None)
        for attachment, octets in message.files
    ]
    framed = frame(parts, files, Identity(b"short message", message.key))
    return "".join([op.text for op in framed.ops]).encode("ascii") + framed.tail


def head_of(head: Head) -> bytes:
    """The headers in front of the body. Raises MergeFailed when a text could end a header line."""
    lines = [
        headers.line("From", headers.mailbox(head.sender_name, head.sender_address)),
        headers.to(None, head.to),
        headers.unstructured("Subject", head.subject),
        headers.line("Date", format_datetime(head.date)),
        f"Message-ID: <{head.message_id}>\r\n",
        # Nobody's vacation answers it (RFC 3834, 5; the second is what Exchange looks at).
        "Auto-Submitted: auto-generated\r\n",
        "X-Auto-Response-Suppress: All\r\n",
    ]
    return "".join(lines).encode("utf-8")


def _encoded(kind: str, text: str) -> Encoded:
    # A line break at the end, since the last octet of a part may not be a soft one (RFC 2045, 6.7).
    whole = text if text.endswith("\n") else f"{text}\n"
    op = Op(Kind.CONSTANT, text=encode(whole, _UTF_8))
    return Encoded("html" if kind == "html" else "text", (op,), _UTF_8, "quoted-printable")
