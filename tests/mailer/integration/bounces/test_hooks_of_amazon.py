"""Amazon SES through SNS: believed by the certificate of a topic that was named, and asked nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.builders.hooks import (
    CERTIFICATE,
    SUBSCRIBE,
    a_certificate,
    hooked,
    ses_bounce,
    sns,
)

Clone = Callable[[str], str]


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
        hook.amazon.certificate = a_certificate(is_expired=True)
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
