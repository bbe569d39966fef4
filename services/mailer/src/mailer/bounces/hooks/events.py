"""What a provider says about one message, in the words that mail itself uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from common.contracts.mailer import BounceClass
from mailer.bounces.rules import Kind, Report, ReportedRecipient
from mailer.transport.service import classify, enhanced_code_of

MAX_EVENTS = 1_000
_MAX_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """What a server answered, as far as the provider passes it on."""

    status: str | None = None
    reply_code: int | None = None
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: what happened, and the octets in which a token of ours names the envelope."""

    report: Report
    raw: bytes
    word: str = ""
    """What we gave with the message for the provider to pass back: a token, as before the @ of an address."""


class Request(Protocol):
    """An HTTP request as a provider's reader needs it."""

    @property
    def body(self) -> bytes:
        """As it came, which is what is signed."""

    def header(self, name: str) -> str:
        """A header, empty when there is none."""


def parsed(body: bytes) -> Any:
    """JSON, or None when it is none."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def an_event(kind: Kind, address: object, said: Said, whole: object, *, known: BounceClass | None = None) -> Event:
    """One event; `known` is the class when the provider itself says it and the server's words do not."""
    raw = whole if isinstance(whole, bytes) else orjson.dumps(whole)
    if kind == "auto_reply":
        return Event(Report(kind), raw)
    diagnostic = said.diagnostic[:_MAX_TEXT]
    status = enhanced_code_of(said.status or "") or said.status or None
    meaning = classify(said.reply_code, diagnostic, status)
    bounce_class = meaning.bounce_class
    if known is not None and bounce_class is BounceClass.UNCLASSIFIED:
        bounce_class = known
    permanent = kind == "bounce" and (
        (meaning.is_permanent and bounce_class in _ABOUT_ADDRESS) or (known in _ABOUT_ADDRESS and known is bounce_class)
    )
    recipient = ReportedRecipient(
        address=text_of(address) or None,
        status=meaning.enhanced_code,
        reply_code=said.reply_code,
        bounce_class=bounce_class if kind == "bounce" else BounceClass.UNCLASSIFIED,
        permanent=permanent,
        diagnostic=meaning.text,
    )
    return Event(Report(kind, (recipient,)), raw)


_ABOUT_ADDRESS = frozenset({BounceClass.UNKNOWN_MAILBOX, BounceClass.UNKNOWN_DOMAIN, BounceClass.ADDRESS_SYNTAX})


def text_of(value: object) -> str:
    """A value that ought to be text."""
    return value[:_MAX_TEXT] if isinstance(value, str) else ""


def code_of(value: object) -> int | None:
    """A value that ought to be a reply code."""
    text = str(value)[:3] if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if len(text) == 3 and text.isascii() and text.isdigit() and 200 <= int(text) < 600 else None


def part_of(value: object, *path: str) -> Any:
    """What stands at a path of names; None when something on the way is missing or of another kind."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def objects(value: object) -> Iterable[Mapping[str, Any]]:
    """The objects in what ought to be a list of them, only so many."""
    found = value if isinstance(value, list) else [value]
    return [each for each in found[:MAX_EVENTS] if isinstance(each, Mapping)]
