"""Amazon SES through SNS: notifications and event publishing, signed by the topic's certificate.

Which envelope it is: `mail.source`, which is the return path we gave, or the headers of the message when SES is told
to pass them on.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from common.contracts.mailer import BounceClass
from mailer.bounces.hooks.events import Event, Said, an_event, objects, parsed, part_of, text_of
from mailer.bounces.rules import Kind

ACCEPTED_FOR = timedelta(hours=1)
"""SNS signs once and tries again for about that long."""
_CERTIFICATE = re.compile(
    r"https://sns\.[a-z0-9-]{2,30}\.amazonaws\.com(?:\.cn)?/SimpleNotificationService-[0-9a-z]{1,64}\.pem"
)
_SUBSCRIBE = re.compile(r"https://sns\.[a-z0-9-]{2,30}\.amazonaws\.com(?:\.cn)?/\?[A-Za-z0-9=&%._~:+-]{1,2000}")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    "UnsubscribeConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}
_BOUNCES: Mapping[tuple[str, str], BounceClass] = {
    ("Permanent", "General"): BounceClass.UNCLASSIFIED,
    ("Permanent", "NoEmail"): BounceClass.UNKNOWN_MAILBOX,
    ("Permanent", "Suppressed"): BounceClass.UNKNOWN_MAILBOX,
    ("Permanent", "OnAccountSuppressionList"): BounceClass.POLICY,
    ("Transient", "MailboxFull"): BounceClass.MAILBOX_FULL,
    ("Transient", "MessageTooLarge"): BounceClass.MESSAGE_TOO_LARGE,
    ("Transient", "ContentRejected"): BounceClass.CONTENT_REFUSED,
    ("Transient", "AttachmentRejected"): BounceClass.CONTENT_REFUSED,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of SNS, not proven yet."""

    kind: str
    topic: str
    certificate_url: str
    subscribe_url: str
    said: Mapping[str, Any]

    @property
    def may_be_ours(self) -> bool:
        """Whether certificate and confirmation lead to Amazon and nowhere else."""
        leads_home = self.kind == "Notification" or bool(_SUBSCRIBE.fullmatch(self.subscribe_url))
        return bool(_CERTIFICATE.fullmatch(self.certificate_url)) and leads_home

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was signed lately."""
        try:
            at = datetime.fromisoformat(text_of(self.said.get("Timestamp")))
        except ValueError:
            return False
        return at.tzinfo is not None and abs(now - at) <= ACCEPTED_FOR

    def is_signed_by(self, certificate: bytes, now: datetime) -> bool:
        """Whether the certificate (PEM) is in force and its key signed this."""
        try:
            loaded = x509.load_pem_x509_certificate(certificate)
            signature = base64.b64decode(text_of(self.said.get("Signature")), validate=True)
            key = loaded.public_key()
            if not isinstance(key, rsa.RSAPublicKey):
                return False
            if not loaded.not_valid_before_utc <= now <= loaded.not_valid_after_utc:
                return False
            # Version 1 is what a topic uses until it is told otherwise; its signature cannot be chosen by a stranger.
            version = self.said.get("SignatureVersion")
            kind: hashes.HashAlgorithm = hashes.SHA256() if version == "2" else hashes.SHA1()  # noqa: S303
            key.verify(signature, self._signed(), padding.PKCS1v15(), kind)
        except (InvalidSignature, ValueError, binascii.Error):
            return False
        return True

    def _signed(self) -> bytes:
        lines = []
        for name in _SIGNED[self.kind]:
            value = self.said.get(name)
            if isinstance(value, str):
                lines += [name, value]
        return "".join(f"{line}\n" for line in lines).encode()


def notice_of(body: bytes) -> Notice | None:
    """The SNS message in a request, or None."""
    document = parsed(body)
    if not isinstance(document, Mapping) or document.get("Type") not in _SIGNED:
        return None
    values = [text_of(document.get(name)) for name in ("Type", "TopicArn", "SigningCertURL", "SubscribeURL")]
    return Notice(values[0], values[1], values[2], values[3], document)


def events_of(notice: Notice) -> list[Event] | None:
    """What SES says in a proven notification; None when it cannot be read."""
    text = notice.said.get("Message")
    document = parsed(text.encode()) if isinstance(text, str) else None
    if not isinstance(document, Mapping):
        return None
    name = document.get("notificationType") or document.get("eventType")
    if name == "Bounce":
        return _bounces(document)
    if name in {"Complaint", "DeliveryDelay"}:
        kind, key, people = (
            ("complaint", "complaint", "complainedRecipients")
            if name == "Complaint"
            else ("delay", "deliveryDelay", "delayedRecipients")
        )
        found = objects(part_of(document, key, people) or [])
        return [_event(cast(Kind, kind), each, document, None) for each in found]
    return []


def _bounces(document: Mapping[str, Any]) -> list[Event]:
    kind = (text_of(part_of(document, "bounce", "bounceType")), text_of(part_of(document, "bounce", "bounceSubType")))
    found = objects(part_of(document, "bounce", "bouncedRecipients") or [])
    return [_event("bounce", each, document, _BOUNCES.get(kind)) for each in found]


def _event(kind: Kind, each: Mapping[str, Any], document: Mapping[str, Any], known: BounceClass | None) -> Event:
    words = text_of(each.get("diagnosticCode"))
    said = Said(text_of(each.get("status")) or None, _reply_code(words), words)
    return an_event(kind, each.get("emailAddress"), said, dict(document), known=known)


def _reply_code(words: str) -> int | None:
    found = re.search(r"\b([245]\d\d)[ -]", words)
    return int(found.group(1)) if found else None
