"""Providers that report through hooks, with keys of the test, and a mailer that listens to them."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from common.clock import utc_now
from common.http import httpx
from common.http.access_token import BearerVerifier
from mailer.app import create_app
from tests.support.builders.coming_back import Returns, returns
from tests.support.http import Callers, StubHub

Clone = Callable[[str], str]
SECRET = "a secret of the generic hook"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces"
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem"
SUBSCRIBE = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc"
SENDGRID = ec.generate_private_key(ec.SECP256R1())
AMAZON = rsa.generate_private_key(public_exponent=65537, key_size=2048)
HOOKS: dict[str, Any] = {
    "generic_secret": SECRET,
    "ses_topics": (TOPIC,),
    "postmark_user": "tutti",
    "postmark_password": "postmark password",
    "mailgun_key": "mailgun key",
    "sendgrid_key": base64.b64encode(
        SENDGRID.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode(),
}


def a_certificate(key: rsa.RSAPrivateKey = AMAZON, *, is_expired: bool = False) -> bytes:
    """What the topic's address leads to (PEM)."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = utc_now()
    until = now - timedelta(days=1) if is_expired else now + timedelta(days=30)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=9)).not_valid_after(until)
    )  # fmt: skip
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


@dataclass
class Amazon:
    """What stands at amazonaws.com."""

    certificate: bytes = field(default_factory=a_certificate)
    status: int = 200
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        self.asked.append(str(request.url))
        if self.status != 200:
            return httpx.Response(self.status, headers={"Location": "http://127.0.0.1/"})
        return httpx.Response(200, content=self.certificate)


@dataclass
class Hooked:
    """A mailer with hooks, and somebody who calls them."""

    world: Returns
    amazon: Amazon
    client: httpx.AsyncClient
    delivery_id: str

    async def post(self, provider: str, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        """Call the hook."""
        return await self.client.post(f"/hooks/bounces/{provider}", content=body, headers=headers or {})

    async def counts(self) -> dict[str, int]:
        """Envelopes by state."""
        return await self.world.mailer.counts(self.delivery_id)


@asynccontextmanager
async def hooked(url: str, sender: dict[str, Any] | None = None, **hooks: Any) -> AsyncIterator[Hooked]:
    """A mailer with four messages sent, from this sender."""
    async with returns(url, bounces={"hooks": {**HOOKS, **hooks}}) as world:
        amazon, hub = Amazon(), StubHub()
        settings = world.mailer.settings
        async with httpx.AsyncClient(transport=httpx.MockTransport(amazon)) as outside:
            known = replace(world.mailer.resources, http=outside, bearer=BearerVerifier(settings, hub.hub()))
            async with Callers(create_app(settings, known, "public"), settings, hub).anonymous() as client:
                yield Hooked(world, amazon, client, await world.deliver(4, **({"sender": sender} if sender else {})))


def stamp_of(**ago: float) -> str:
    """Seconds since 1970, so long ago."""
    return str(int((utc_now() - timedelta(**ago)).timestamp()))


def generic(events: list[dict[str, Any]], stamp: str | None = None) -> tuple[bytes, dict[str, str]]:
    """A request in our own form."""
    body, at = json.dumps({"events": events}).encode(), stamp or stamp_of()
    signature = hmac.digest(SECRET.encode(), at.encode() + b"." + body, "sha256").hex()
    return body, {"X-Tutti-Timestamp": at, "X-Tutti-Signature": f"sha256={signature}"}


def a_bounce(world: Returns, ordinal: int, **more: Any) -> dict[str, Any]:
    """An event in our own form."""
    return {
        "type": "bounce", "return_path": world.return_path(ordinal), "recipient": f"person{ordinal}@example.org",
        "status": "5.1.1", "reply_code": 550, "diagnostic": "550 5.1.1 no such user", **more,
    }  # fmt: skip


def sns(kind: str = "Notification", *, version: str = "2", key: rsa.RSAPrivateKey = AMAZON, **changes: Any) -> bytes:
    """A signed message of the topic."""
    document = {
        "Type": kind, "MessageId": "m-1", "TopicArn": TOPIC, "Message": "{}",
        "Timestamp": utc_now().strftime("%Y-%m-%dT%H:%M:%S.000Z"), "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE, **changes,
    }  # fmt: skip
    names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    if kind != "Notification":
        document |= {"SubscribeURL": changes.get("SubscribeURL", SUBSCRIBE), "Token": "abc"}
        names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    signed = "".join(f"{name}\n{document[name]}\n" for name in names if name in document).encode()
    algorithm = hashes.SHA256() if version == "2" else hashes.SHA1()  # noqa: S303
    document["Signature"] = base64.b64encode(key.sign(signed, padding.PKCS1v15(), algorithm)).decode()
    return json.dumps(document).encode()


def ses_bounce(world: Returns, ordinal: int, kind: str = "Permanent", sub_kind: str = "General", **more: Any) -> str:
    """What SES says about a message that came back."""
    return json.dumps(
        {
            "notificationType": "Bounce",
            "bounce": {
                "bounceType": kind,
                "bounceSubType": sub_kind,
                "bouncedRecipients": [{"emailAddress": f"person{ordinal}@example.org", **more}],
            },
            "mail": {"source": world.return_path(ordinal), "messageId": "x"},
        }
    )


def basic(user: str, password: str) -> dict[str, str]:
    """What Postmark proves itself with."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def mailgun(data: dict[str, Any], stamp: str | None = None, key: bytes = b"mailgun key") -> bytes:
    """A signed event of Mailgun."""
    at = stamp or stamp_of()
    proof = {"timestamp": at, "token": "t0k3n", "signature": hmac.digest(key, (at + "t0k3n").encode(), "sha256").hex()}
    return json.dumps({"signature": proof, "event-data": data}).encode()


def sendgrid(events: list[dict[str, Any]], stamp: str | None = None) -> tuple[bytes, dict[str, str]]:
    """A signed list of SendGrid's events."""
    body, at = json.dumps(events).encode(), stamp or stamp_of()
    signature = SENDGRID.sign(at.encode() + body, ec.ECDSA(hashes.SHA256()))
    return body, {
        "X-Twilio-Email-Event-Webhook-Timestamp": at,
        "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
    }
