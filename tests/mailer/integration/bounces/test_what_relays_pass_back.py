"""Each provider's report finds its envelope from what it got with the message, and what it passes back unasked."""

import email.policy
import json
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest

from tests.support.builders.hooks import Hooked, basic, hooked, mailgun, sendgrid, sns
from tests.support.smtp import Received

Clone = Callable[[str], str]
Reported = tuple[str, bytes, dict[str, str]]


def _parsed(received: Received) -> EmailMessage:
    message = BytesParser(policy=email.policy.default).parsebytes(received.data)
    assert isinstance(message, EmailMessage)
    return message


def by_amazon(received: Received, _: EmailMessage) -> Reported:
    """It keeps the envelope's sender."""
    said: dict[str, Any] = {
        "notificationType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [{"emailAddress": received.rcpt_to, "status": "5.1.1"}],
        },
        "mail": {"source": received.mail_from, "messageId": "its own"},
    }
    return "ses", sns(Message=json.dumps(said)), {}


def by_postmark(received: Received, message: EmailMessage) -> Reported:
    """It makes a return path and a Message-ID of its own; metadata comes back by name, at most 80 characters each."""
    metadata = {
        name[len("X-PM-Metadata-") :]: value for name, value in message.items() if name.startswith("X-PM-Metadata-")
    }
    assert all(len(name) <= 20 and len(value) <= 80 for name, value in metadata.items())
    said = {
        "RecordType": "Bounce", "Type": "HardBounce", "MessageID": "its own", "Email": received.rcpt_to,
        "Details": "smtp;550 5.1.1 no such user", "Metadata": metadata,
    }  # fmt: skip
    return "postmark", json.dumps(said).encode(), basic("tutti", "postmark password")


def by_mailgun(received: Received, message: EmailMessage) -> Reported:
    """It makes a return path of its own; variables come back as they were."""
    said = {
        "event": "failed", "severity": "permanent", "recipient": received.rcpt_to,
        "delivery-status": {"code": 550, "enhanced-code": "5.1.1", "message": "no such user"},
        "envelope": {"sender": "bounce+its-own@relay.example"},
        "user-variables": json.loads(message["X-Mailgun-Variables"]),
    }  # fmt: skip
    return "mailgun", mailgun(said), {}


def by_sendgrid(received: Received, message: EmailMessage) -> Reported:
    """It names no return path; unique arguments stand in the event itself."""
    unique = json.loads(message["X-SMTPAPI"])["unique_args"]
    said = {"event": "bounce", "type": "bounce", "email": received.rcpt_to, "status": "5.1.1", **unique}
    return "sendgrid", *sendgrid([said])


_TO_US, _ELSEWHERE = {"mode": "automatic"}, {"mode": "address", "address": "back@example.org"}


@pytest.mark.parametrize(
    ("reported_by", "bounces"),
    [
        (by_amazon, _TO_US),
        *((relay, bounces) for relay in (by_postmark, by_mailgun, by_sendgrid) for bounces in (_TO_US, _ELSEWHERE)),
    ],
)
async def test_a_report_finds_the_message_that_was_sent(
    clone: Clone, reported_by: Callable[[Received, EmailMessage], Reported], bounces: dict[str, str]
) -> None:
    async with hooked(clone("mailer"), sender={"address": "news@example.com", "bounces": bounces}) as hook:
        received = next(each for each in hook.world.sink.received if each.rcpt_to == "person2@example.org")
        reply = await _report(hook, reported_by(received, _parsed(received)))
        assert reply == {"events": 1, "changed": 1}
        assert await hook.counts() == {"sent": 3, "bounced": 1}
        [row] = await hook.world.mailer.rows("SELECT ordinal, address FROM mailer.bounces")
        assert tuple(row) == (2, "person2@example.org")


async def _report(hook: Hooked, reported: Reported) -> dict[str, int]:
    provider, body, headers = reported
    answer: dict[str, int] = (await hook.post(provider, body, headers)).json()
    return answer


async def test_a_word_that_is_not_ours_finds_nothing(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:
        for word in ("u+" + "0" * 54, "b+" + "z" * 54, "person2@example.org", ""):
            said = {"event": "bounce", "type": "bounce", "email": "person2@example.org", "tutti": word}
            assert (await hook.post("sendgrid", *sendgrid([said]))).json() == {"events": 1, "changed": 0}
        assert await hook.counts() == {"sent": 4}


async def test_relays_nobody_set_up_are_told_nothing(clone: Clone) -> None:
    async with hooked(clone("mailer"), postmark_password="", mailgun_key="", sendgrid_key="") as hook:
        for received in hook.world.sink.received:
            names = {name.lower() for name in _parsed(received).keys()}  # noqa: SIM118 - a message is no mapping
            assert not names & {"x-smtpapi", "x-mailgun-variables", "x-pm-metadata-tutti"}
