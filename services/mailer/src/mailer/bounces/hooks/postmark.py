"""Postmark's bounce and spam complaint webhooks; they prove themselves with a user name and a password.

Which envelope it is: from metadata that every message has (`X-PM-Metadata-tutti`), or from the message's own headers in
`Content`.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace

from common.contracts.mailer import BounceClass
from mailer.bounces.hooks.events import Event, Request, Said, an_event, parsed, part_of, text_of
from mailer.bounces.hooks.proofs import Proof, same
from mailer.bounces.rules import Kind

_CLASSES: Mapping[str, BounceClass] = {
    "HardBounce": BounceClass.UNKNOWN_MAILBOX,
    "BadEmailAddress": BounceClass.ADDRESS_SYNTAX,
    "SoftBounce": BounceClass.UNCLASSIFIED,
    "DnsError": BounceClass.NETWORK,
    "Blocked": BounceClass.POLICY,
    "DMARCPolicy": BounceClass.POLICY,
    "SpamNotification": BounceClass.CONTENT_REFUSED,
    "VirusNotification": BounceClass.CONTENT_REFUSED,
    "TemplateRenderingFailed": BounceClass.CONTENT_REFUSED,
    "SMTPApiError": BounceClass.PROTOCOL,
}
_OTHERS: Mapping[str, Kind] = {
    "Transient": "delay",
    "AutoResponder": "auto_reply",
    "AddressChange": "auto_reply",
    "ChallengeVerification": "auto_reply",
    "OpenRelayTest": "auto_reply",
    "SpamComplaint": "complaint",
}


def is_proven(request: Request, proof: Proof) -> bool:
    """Whether the user name and the password are right."""
    scheme, _, given = request.header("authorization").partition(" ")
    try:
        user, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    wanted = proof.hooks.postmark_password.get_secret_value()
    is_user = same(proof.hooks.postmark_user, user)
    return scheme.lower() == "basic" and bool(wanted) and same(wanted, password) and is_user


def events_of(request: Request) -> list[Event] | None:
    """The event of a request; None when it cannot be read."""
    document = parsed(request.body)
    if not isinstance(document, Mapping):
        return None
    name = text_of(document.get("Type")) or text_of(document.get("RecordType"))
    details = text_of(document.get("Details")) or text_of(document.get("Description"))
    kind: Kind | None = _OTHERS.get(name) or ("bounce" if name in _CLASSES else None)
    if kind is None:
        return []
    # Its JSON escapes nothing that a token holds, and line ends in the content are escaped: read it as text too.
    raw = request.body + b"\n" + text_of(document.get("Content"))[:100_000].encode()
    event = an_event(kind, document.get("Email"), Said(diagnostic=details), raw, known=_CLASSES.get(name))
    return [replace(event, word=text_of(part_of(document, "Metadata", "tutti")))]
