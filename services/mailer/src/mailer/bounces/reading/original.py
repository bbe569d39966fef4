"""The returned message: the part, or the end of a text, that shows what the report is about."""

import re
from dataclasses import dataclass, field
from itertools import islice

from mailer.bounces.reading.message import Message, decoded, read_fields
from mailer.bounces.reading.signs import ORIGINAL_BEGINS, ORIGINAL_FIELDS
from mailer.bounces.reading.words import address_in, addresses_in

TYPES = frozenset(
    {
        "message/rfc822",
        "message/global",
        "message/partial",
        "message/rfc822-headers",
        "text/rfc822-headers",
        "message/global-headers",
        "text/rfc822",
    }
)
_MAX_HEAD = 64 * 1024
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_ADDRESSEES = (
    "x-failed-recipients",
    "envelope-to",
    "x-envelope-to",
    "x-original-to",
    "delivered-to",
    "to",
    "apparently-to",
    "x-rcpt-to",
)


@dataclass(slots=True)
class Original:
    """What is known of the returned message."""

    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def addressees(self) -> list[str]:
        """Whom it was sent to, by its own fields."""
        for name in _ADDRESSEES:
            found = [address for value in self.fields.get(name, [])[:3] for address in addresses_in(value, 5)]
            if found:
                return found
        return []

    @property
    def sender(self) -> str | None:
        """Who sent it, by its own fields."""
        values = self.fields.get("from", [])
        return address_in(values[0]) if values else None

    @property
    def message_id(self) -> str | None:
        """Its Message-ID."""
        match = _MESSAGE_ID.search(" ".join(self.fields.get("message-id", [])[:1]))
        return match.group() if match else None


def returned_part(message: Message) -> Original | None:
    """The returned message when it is a part of its own."""
    for part in message.parts:
        if part.kind in TYPES:
            octets = part.body[:_MAX_HEAD]
            if part.get("content-transfer-encoding").lower() in {"base64", "quoted-printable"}:
                text = decoded(octets, part.get("content-transfer-encoding"), "")
                octets = text.encode("utf-8", "replace")
            fields, _ = read_fields(octets.lstrip(), 0)
            return Original(fields)
    return None


def cut(text: str) -> tuple[str, Original]:
    """What a text says, and the message it returns behind that."""
    announced = _first(ORIGINAL_BEGINS, text)
    shown = _first(ORIGINAL_FIELDS, text)
    if shown is not None and (announced is None or shown.start() < announced.start()):
        return text[: shown.start()], Original(_fields_of(text[shown.start() : shown.start() + _MAX_HEAD]))
    if announced is not None:
        return text[: announced.start()], Original(_fields_of(text[announced.end() : announced.end() + _MAX_HEAD]))
    return text, Original()


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that something stands before."""
    return next((match for match in islice(pattern.finditer(text), 50) if text[: match.start()].strip()), None)


def _fields_of(text: str) -> dict[str, list[str]]:
    lines = text.lstrip("\n -=_*").split("\n")
    shown = "\n".join(line.lstrip("> |") if line[:1] in {">", "|"} else line for line in lines)
    fields, _ = read_fields(shown.lstrip().encode("utf-8", "replace"), 0)
    return fields
