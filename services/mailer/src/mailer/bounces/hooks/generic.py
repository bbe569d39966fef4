"""Our own form, for scripts and providers without a reader of their own.

    X-Tutti-Timestamp: 1795341000
    X-Tutti-Signature: sha256=<hex of HMAC-SHA-256 over the timestamp, a dot and the body>

    {"events": [{"type": "bounce", "return_path": "b+…@bounces.example.org", "recipient": "ann@example.org",
                 "status": "5.1.1", "reply_code": 550, "diagnostic": "no such user"}]}

`type` is `bounce`, `complaint`, `delay` or `auto_reply`; the return path may stand in any field.
"""

from collections.abc import Mapping
from typing import Any, cast

from mailer.bounces.hooks.events import Event, Request, Said, an_event, code_of, objects, parsed, text_of
from mailer.bounces.hooks.proofs import Proof, hmac_matches, is_fresh
from mailer.bounces.rules import Kind

_KINDS = ("bounce", "complaint", "delay", "auto_reply")


def is_proven(request: Request, proof: Proof) -> bool:
    """Whether it was signed with the secret, lately."""
    stamp = request.header("x-tutti-timestamp")
    scheme, _, given = request.header("x-tutti-signature").partition("=")
    secret = proof.hooks.generic_secret.get_secret_value().encode()
    return (
        scheme == "sha256"
        and is_fresh(stamp, proof)
        and hmac_matches(secret, stamp.encode() + b"." + request.body, given)
    )


def events_of(request: Request) -> list[Event] | None:
    """The events of a request; None when it cannot be read."""
    document = parsed(request.body)
    if not isinstance(document, Mapping) or not isinstance(document.get("events"), list):
        return None
    return [_event(each) for each in objects(document["events"]) if each.get("type") in _KINDS]


def _event(each: Mapping[str, Any]) -> Event:
    said = Said(text_of(each.get("status")) or None, code_of(each.get("reply_code")), text_of(each.get("diagnostic")))
    return an_event(cast(Kind, each["type"]), each.get("recipient"), said, dict(each))
