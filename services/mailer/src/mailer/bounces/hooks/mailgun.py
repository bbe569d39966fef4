"""Mailgun's webhooks (JSON): each carries its own signature over a time and a token.

Which envelope it is: a variable that every message has (`X-Mailgun-Variables`), or the envelope's sender where Mailgun
left our return path in it.
"""

from collections.abc import Mapping
from dataclasses import replace

from common.contracts.mailer import BounceClass
from mailer.bounces.hooks.events import Event, Request, Said, an_event, code_of, parsed, part_of, text_of
from mailer.bounces.hooks.proofs import Proof, hmac_matches, is_fresh
from mailer.bounces.rules import Kind

_REASONS: Mapping[str, BounceClass] = {
    "suppress-bounce": BounceClass.UNKNOWN_MAILBOX,
    "suppress-complaint": BounceClass.POLICY,
    "suppress-unsubscribe": BounceClass.POLICY,
    "espblock": BounceClass.POLICY,
    "blocked": BounceClass.POLICY,
    "greylisted": BounceClass.GREYLISTED,
}


def is_proven(request: Request, proof: Proof) -> bool:
    """Whether it was signed with the webhook signing key, lately."""
    signature = part_of(parsed(request.body), "signature")
    stamp, token, given = (str(part_of(signature, name) or "")[:200] for name in ("timestamp", "token", "signature"))
    key = proof.hooks.mailgun_key.get_secret_value().encode()
    return bool(token) and is_fresh(stamp, proof) and hmac_matches(key, (stamp + token).encode(), given)


def events_of(request: Request) -> list[Event] | None:
    """The event of a request; None when it cannot be read."""
    data = part_of(parsed(request.body), "event-data")
    if not isinstance(data, Mapping):
        return None
    name, status = data.get("event"), part_of(data, "delivery-status")
    kind: Kind
    if name == "complained":
        kind = "complaint"
    elif name == "failed":
        kind = "bounce" if data.get("severity") == "permanent" else "delay"
    else:
        return []
    words = text_of(part_of(status, "message")) or text_of(part_of(status, "description"))
    said = Said(text_of(part_of(status, "enhanced-code")) or None, code_of(part_of(status, "code")), words)
    known = _REASONS.get(text_of(data.get("reason")))
    event = an_event(kind, data.get("recipient"), said, dict(data), known=known)
    return [replace(event, word=text_of(part_of(data, "user-variables", "tutti")))]
