"""SendGrid's signed event webhook: a list of events, signed as a whole with ECDSA.

Which envelope it is: SendGrid names no return path, so every message has a custom argument (`unique_args` of its
`X-SMTPAPI` header), which SendGrid takes out of the message and puts into each of its events.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from common.contracts.mailer import BounceClass
from mailer.bounces.hooks.events import Event, Request, Said, an_event, code_of, objects, parsed, text_of
from mailer.bounces.hooks.proofs import Proof, ecdsa_matches, is_fresh
from mailer.bounces.rules import Kind

_KINDS: Mapping[str, Kind] = {"bounce": "bounce", "dropped": "bounce", "spamreport": "complaint", "deferred": "delay"}
_REASONS: Mapping[str, BounceClass] = {
    "bounced address": BounceClass.UNKNOWN_MAILBOX,
    "invalid": BounceClass.ADDRESS_SYNTAX,
    "spam reporting address": BounceClass.POLICY,
    "unsubscribed address": BounceClass.POLICY,
    "spam content": BounceClass.CONTENT_REFUSED,
}
_CLASSES: Mapping[str, BounceClass] = {
    "invalid address": BounceClass.UNKNOWN_MAILBOX,
    "mailbox unavailable": BounceClass.UNCLASSIFIED,
    "reputation": BounceClass.POLICY,
    "content": BounceClass.CONTENT_REFUSED,
    "frequency or volume too high": BounceClass.RATE_LIMITED,
    "technical": BounceClass.NETWORK,
}


def is_proven(request: Request, proof: Proof) -> bool:
    """Whether it was signed with the key of the webhook, lately."""
    stamp = request.header("x-twilio-email-event-webhook-timestamp")
    given = request.header("x-twilio-email-event-webhook-signature")
    return is_fresh(stamp, proof) and ecdsa_matches(proof.hooks.sendgrid_key, stamp.encode() + request.body, given)


def events_of(request: Request) -> list[Event] | None:
    """The events of a request; None when it cannot be read."""
    document = parsed(request.body)
    if not isinstance(document, list):
        return None
    return [_event(_KINDS[each["event"]], each) for each in objects(document) if each.get("event") in _KINDS]


def _event(kind: Kind, each: Mapping[str, Any]) -> Event:
    reason = text_of(each.get("reason")) or text_of(each.get("response"))
    known = _CLASSES.get(text_of(each.get("bounce_classification")).lower()) or _REASONS.get(reason.lower())
    if each.get("type") == "blocked":
        known = BounceClass.POLICY
    status = text_of(each.get("status")) or None
    event = an_event(kind, each.get("email"), Said(status, code_of(reason), reason), dict(each), known=known)
    return replace(event, word=text_of(each.get("tutti")))
