"""Providers' hooks: proven by their own signatures, made here with keys of the test."""

import base64
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
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


def _certificate(key: rsa.RSAPrivateKey = AMAZON, *, is_expired: bool = False) -> bytes:
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

    certificate: bytes = field(default_factory=_certificate)
    status: int = 200
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
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
        return await self.client.post(f"/hooks/bounces/{provider}", content=body, headers=headers or {})

    async def counts(self) -> dict[str, int]:
        return await self.world.mailer.counts(self.delivery_id)


@asynccontextmanager
async def hooked(url: str, **hooks: Any) -> AsyncIterator[Hooked]:
    async with returns(url, bounces={"hooks": {**HOOKS, **hooks}}) as world:
        amazon, hub = Amazon(), StubHub()
        settings = world.mailer.settings
        async with httpx.AsyncClient(transport=httpx.MockTransport(amazon)) as outside:
            known = replace(world.mailer.resources, http=outside, bearer=BearerVerifier(settings, hub.hub()))
            async with Callers(create_app(settings, known, "public"), settings, hub).anonymous() as client:
                yield Hooked(world, amazon, client, await world.deliver(4))


def _now(**ago: float) -> str:
    return str(int((utc_now() - timedelta(**ago)).timestamp()))


def generic(events: list[dict[str, Any]], stamp: str | None = None) -> tuple[bytes, dict[str, str]]:
    body, at = json.dumps({"events": events}).encode(), stamp or _now()
    signature = hmac.digest(SECRET.encode(), at.encode() + b"." + body, "sha256").hex()
    return body, {"X-Tutti-Timestamp": at, "X-Tutti-Signature": f"sha256={signature}"}


def _bounce(world: Returns, ordinal: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "bounce", "return_path": world.return_path(ordinal), "recipient": f"person{ordinal}@example.org",
        "status": "5.1.1", "reply_code": 550, "diagnostic": "550 5.1.1 no such user", **more,
    }  # fmt: skip


async def test_our_own_form_is_taken_in_and_a_replay_changes_nothing(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        said = [_bounce(hook.world, 1), _bounce(hook.world, 2, type="complaint"), _bounce(hook.world, 3, type="delay")]
        body, headers = generic(said)
        first = await hook.post("generic", body, headers)
        assert (first.status_code, first.json()) == (200, {"events": 3, "changed": 3})
        again = await hook.post("generic", body, headers)
        assert (again.status_code, again.json()) == (200, {"events": 3, "changed": 0})
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert ("person1@example.org", "unknown_mailbox") in await hook.world.suppressed()


async def test_unsigned_forged_and_stale_requests_are_refused(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        body, headers = generic([_bounce(hook.world, 1)])
        old_body, old = generic([_bounce(hook.world, 1)], _now(minutes=6))
        early_body, early = generic([_bounce(hook.world, 1)], _now(minutes=-6))
        for content, given in (
            (body, {}),
            (body + b" ", headers),
            (body, {**headers, "X-Tutti-Signature": "sha256=" + "0" * 64}),
            (body, {**headers, "X-Tutti-Timestamp": _now(seconds=1)}),
            (body, {**headers, "X-Tutti-Timestamp": "soon"}),
            (old_body, old),
            (early_body, early),
        ):
            reply = await hook.post("generic", content, given)
            assert reply.status_code == 401
            assert reply.json()["type"] == "urn:tutti:problem:hook-unproven"
        for provider in ("ses", "postmark", "mailgun", "sendgrid"):
            assert (await hook.post(provider, b"{}")).status_code == 401
            assert (await hook.post(provider, b"\xff not json")).status_code == 401
        assert await hook.counts() == {"sent": 4}


async def test_a_signed_event_without_a_token_of_ours_is_parked(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        forged = "b+" + "0" * 54 + "@bounces.test"
        reply = await hook.post("generic", *generic([_bounce(hook.world, 1, return_path=forged)]))
        assert reply.json() == {"events": 1, "changed": 0}
        assert await hook.counts() == {"sent": 4}
        [source] = await hook.world.mailer.rows("SELECT name, unmatched_count FROM mailer.bounce_sources")
        assert tuple(source) == ("generic", 1)


async def test_who_is_not_set_up_is_not_there(clone: Clone) -> None:
    async with hooked(clone("mailer"), generic_secret="", mailgun_key="") as hook:
        assert (await hook.post("generic", *generic([]))).status_code == 404
        assert (await hook.post("mailgun", b"{}")).status_code == 404
        assert (await hook.post("nobody", b"{}")).status_code == 404


async def test_a_huge_body_and_a_flood_are_refused(clone: Clone) -> None:
    async with hooked(clone("mailer"), per_second=1.0) as hook:
        assert (await hook.post("generic", b"x" * (1024 * 1024 + 1))).status_code == 413
        replies = [await hook.post("generic", b"{}") for _ in range(6)]
        assert {reply.status_code for reply in replies} == {401, 429}
        assert replies[-1].headers["retry-after"]


async def test_signed_nonsense_is_refused_in_words(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        at = _now()
        for body in (b"[]", b'{"events": 1}', b"nothing"):
            signature = hmac.digest(SECRET.encode(), at.encode() + b"." + body, "sha256").hex()
            headers = {"X-Tutti-Timestamp": at, "X-Tutti-Signature": f"sha256={signature}"}
            assert (await hook.post("generic", body, headers)).status_code == 422
        odd: list[dict[str, Any]] = [
            {"type": "bounce", "return_path": 7, "status": [], "reply_code": "x", "diagnostic": None},
            {"type": 1},
        ]
        assert (await hook.post("generic", *generic(odd))).status_code == 200


def sns(kind: str = "Notification", *, version: str = "2", key: rsa.RSAPrivateKey = AMAZON, **changes: Any) -> bytes:
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


@pytest.mark.parametrize("version", ["1", "2"])
async def test_amazon_is_believed_by_the_certificate_of_its_topic(clone: Clone, version: str) -> None:
    async with hooked(clone("mailer")) as hook:
        words = {"status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
        for ordinal, message in (
            (1, ses_bounce(hook.world, 1, **words)),
            (2, ses_bounce(hook.world, 2, "Transient", "MailboxFull")),
            (3, ses_bounce(hook.world, 3, "Permanent", "OnAccountSuppressionList")),
        ):
            reply = await hook.post("ses", sns(Message=message, version=version))
            assert (reply.status_code, reply.json()["changed"]) == (200, 1), ordinal
        complaint = {
            "notificationType": "Complaint",
            "complaint": {"complainedRecipients": [{"emailAddress": "person4@example.org"}]},
            "mail": {"source": hook.world.return_path(4)},
        }
        await hook.post("ses", sns(Message=json.dumps(complaint), version=version))
        assert await hook.counts() == {"bounced": 3, "complained": 1}
        rows = await hook.world.mailer.rows("SELECT bounce_class, permanent FROM mailer.bounces ORDER BY ordinal")
        assert [tuple(row) for row in rows[:3]] == [
            ("unknown_mailbox", True), ("mailbox_full", False), ("policy", False),
        ]  # fmt: skip
        assert hook.amazon.asked == [CERTIFICATE]


@pytest.mark.parametrize(
    "changes",
    [
        {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem"},
        {"SigningCertURL": "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem"},
        {"SigningCertURL": "https://evil.example/SimpleNotificationService-0.pem"},
        {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com@127.0.0.1/SimpleNotificationService-0.pem"},
        {"SigningCertURL": "https://bucket.s3.amazonaws.com/SimpleNotificationService-0.pem"},
        {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com/other.pem"},
        {"TopicArn": "arn:aws:sns:eu-west-1:999999999999:others"},
        {"Timestamp": "2020-01-01T00:00:00.000Z"},
        {"Timestamp": "never"},
        {"Type": "Invitation"},
    ],
)
async def test_what_does_not_lead_to_amazon_is_not_even_asked_for(clone: Clone, changes: dict[str, Any]) -> None:
    async with hooked(clone("mailer")) as hook:
        reply = await hook.post("ses", sns(**{"Message": ses_bounce(hook.world, 1), **changes}))
        assert reply.status_code == 401
        assert hook.amazon.asked == []
        assert await hook.counts() == {"sent": 4}


async def test_a_wrong_signature_and_an_expired_certificate_are_refused(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        assert (await hook.post("ses", sns(key=other, Message=ses_bounce(hook.world, 1)))).status_code == 401
        hook.amazon.certificate = _certificate(is_expired=True)
        url = CERTIFICATE.replace("0a1b2c", "f")
        body = sns(Message=ses_bounce(hook.world, 1), SigningCertURL=url)
        assert (await hook.post("ses", body)).status_code == 401
        assert await hook.counts() == {"sent": 4}


async def test_amazon_being_away_or_redirecting_means_come_back_later(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        hook.amazon.status = 302
        reply = await hook.post("ses", sns(Message=ses_bounce(hook.world, 1)))
        assert reply.status_code == 503
        assert hook.amazon.asked == [CERTIFICATE]


async def test_a_subscription_is_confirmed_for_our_topic_and_leads_to_amazon_only(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        reply = await hook.post("ses", sns("SubscriptionConfirmation"))
        assert (reply.status_code, reply.json()) == (200, {"events": 0, "changed": 0})
        assert hook.amazon.asked == [CERTIFICATE, SUBSCRIBE]
        for url in ("http://127.0.0.1:8080/?a=1", "https://evil.example/?Action=ConfirmSubscription"):
            assert (await hook.post("ses", sns("SubscriptionConfirmation", SubscribeURL=url))).status_code == 401
        assert len(hook.amazon.asked) == 2


def _basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


async def test_postmark_proves_itself_by_its_password(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def event(ordinal: int, name: str, details: str) -> bytes:
            content = f"Return-Path: <{hook.world.return_path(ordinal)}>\r\nSubject: Hello\r\n"
            return json.dumps(
                {"Type": name, "Email": f"person{ordinal}@example.org", "Details": details, "Content": content}
            ).encode()

        hard = event(1, "HardBounce", "smtp;550 5.1.1 The email account that you tried to reach does not exist")
        for wrong in (_basic("tutti", "guess"), _basic("guess", "postmark password"), {"Authorization": "Basic x"}, {}):
            assert (await hook.post("postmark", hard, wrong)).status_code == 401
        right = _basic("tutti", "postmark password")
        for body in (hard, event(2, "SpamComplaint", ""), event(3, "AutoResponder", ""), event(4, "Transient", "")):
            assert (await hook.post("postmark", body, right)).json() == {"events": 1, "changed": 1}
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert (await hook.post("postmark", b'{"Type": "Unknown"}', right)).json()["events"] == 0


async def test_mailgun_signs_each_event(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def event(ordinal: int, stamp: str, key: bytes = b"mailgun key", **data: Any) -> bytes:
            signature = hmac.digest(key, (stamp + "t0k3n").encode(), "sha256").hex()
            said = {
                "recipient": f"person{ordinal}@example.org",
                "envelope": {"sender": hook.world.return_path(ordinal)}, **data,
            }  # fmt: skip
            proof = {"timestamp": stamp, "token": "t0k3n", "signature": signature}
            return json.dumps({"signature": proof, "event-data": said}).encode()

        hard: dict[str, Any] = {
            "event": "failed", "severity": "permanent", "reason": "bounce",
            "delivery-status": {"code": 550, "enhanced-code": "5.1.1", "message": "5.1.1 no such user"},
        }  # fmt: skip
        assert (await hook.post("mailgun", event(1, _now(minutes=6), **hard))).status_code == 401
        assert (await hook.post("mailgun", event(1, _now(), b"guess", **hard))).status_code == 401
        later = {**hard, "severity": "temporary"}
        for body in (
            event(1, _now(), **hard),
            event(2, _now(), event="complained"),
            event(3, _now(), **later),
        ):
            assert (await hook.post("mailgun", body)).json() == {"events": 1, "changed": 1}
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert ("person1@example.org", "unknown_mailbox") in await hook.world.suppressed()


async def test_sendgrid_signs_a_list_of_events(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def request(events: list[dict[str, Any]], stamp: str) -> tuple[bytes, dict[str, str]]:
            body = json.dumps(events).encode()
            signature = SENDGRID.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
            return body, {
                "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
                "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
            }

        def event(ordinal: int, name: str, **more: Any) -> dict[str, Any]:
            token = hook.world.return_path(ordinal)
            return {"event": name, "email": f"person{ordinal}@example.org", "tutti": token, **more}

        events = [
            event(1, "bounce", type="bounce", status="5.1.1", reason="550 5.1.1 user unknown"),
            event(2, "spamreport"),
            event(3, "bounce", type="blocked", status="4.0.0", reason="unable to get mx info"),
            event(4, "processed"),
        ]
        body, headers = request(events, _now())
        assert (await hook.post("sendgrid", body + b" ", headers)).status_code == 401
        assert (await hook.post("sendgrid", *request(events, _now(minutes=6)))).status_code == 401
        assert (await hook.post("sendgrid", body, headers)).json() == {"events": 3, "changed": 3}
        assert await hook.counts() == {"sent": 1, "bounced": 2, "complained": 1}
        assert ("person3@example.org", "unknown_mailbox") not in await hook.world.suppressed()
