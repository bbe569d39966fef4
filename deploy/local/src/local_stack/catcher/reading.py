"""A caught message taken apart for a person; whatever is broken in it is shown as far as it can be."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True)
class Attachment:
    """A part that is neither of the two bodies."""

    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Reading:
    """What there is to see of a message."""

    headers: list[tuple[str, str]]
    html: str | None
    text: str | None
    attachments: list[Attachment]


def read(raw: bytes) -> Reading:
    """Parse a message; never raises for what is in it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    html, text = _body(message, "html"), _body(message, "plain")
    return Reading(_headers(message), _content(html), _content(text), _attachments(message))


def _headers(message: EmailMessage) -> list[tuple[str, str]]:
    headers = []
    for name in dict.fromkeys(message.keys()):
        try:
            headers += [(name, " ".join(str(value).split())) for value in message.get_all(name, [])]
        except (ValueError, LookupError, AttributeError):  # the parser of a structured header gave up
            headers.append((name, "(cannot be read)"))
    return headers


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == f"text/{kind}" and not part.is_attachment():
            return part
    return None


def _content(part: EmailMessage | None) -> str | None:
    if part is None:
        return None
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return None
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a character set nobody knows
        return data.decode("utf-8", "replace")


def _attachments(message: EmailMessage) -> list[Attachment]:
    found = []
    for part in message.walk():
        if part.is_multipart() or (part.get_content_maintype() == "text" and part.get_filename() is None):
            continue
        data = part.get_payload(decode=True)
        size = len(data) if isinstance(data, bytes) else 0
        found.append(Attachment(part.get_filename() or "(no name)", part.get_content_type(), size))
    return found
