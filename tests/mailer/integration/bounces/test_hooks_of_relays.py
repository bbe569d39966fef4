"""Postmark, Mailgun and SendGrid: each proves itself in its own way."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.builders.hooks import (
    basic,
    hooked,
    mailgun,
    sendgrid,
    stamp_of,
)

Clone = Callable[[str], str]


async def test_postmark_proves_itself_by_its_password(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def event(ordinal: int, name: str, details: str) -> bytes:
            content = f"Return-Path: <{hook.world.return_path(ordinal)}>\r\nSubject: Hello\r\n"
            return json.dumps(
                {"Type": name, "Email": f"person{ordinal}@example.org", "Details": details, "Content": content}
            ).encode()

        hard = event(1, "HardBounce", "smtp;550 5.1.1 The email account that you tried to reach does not exist")
        for wrong in (basic("tutti", "guess"), basic("guess", "postmark password"), {"Authorization": "Basic x"}, {}):
            assert (await hook.post("postmark", hard, wrong)).status_code == 401
        right = basic("tutti", "postmark password")
        for body in (hard, event(2, "SpamComplaint", ""), event(3, "AutoResponder", ""), event(4, "Transient", "")):
            assert (await hook.post("postmark", body, right)).json() == {"events": 1, "changed": 1}
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert (await hook.post("postmark", b'{"Type": "Unknown"}', right)).json()["events"] == 0


async def test_mailgun_signs_each_event(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def event(ordinal: int, stamp: str, key: bytes = b"mailgun key", **data: Any) -> bytes:
            said = {
                "recipient": f"person{ordinal}@example.org",
                "envelope": {"sender": hook.world.return_path(ordinal)}, **data,
            }  # fmt: skip
            return mailgun(said, stamp, key)

        hard: dict[str, Any] = {
            "event": "failed", "severity": "permanent", "reason": "bounce",
            "delivery-status": {"code": 550, "enhanced-code": "5.1.1", "message": "5.1.1 no such user"},
        }  # fmt: skip
        assert (await hook.post("mailgun", event(1, stamp_of(minutes=6), **hard))).status_code == 401
        assert (await hook.post("mailgun", event(1, stamp_of(), b"guess", **hard))).status_code == 401
        later = {**hard, "severity": "temporary"}
        for body in (
            event(1, stamp_of(), **hard),
            event(2, stamp_of(), event="complained"),
            event(3, stamp_of(), **later),
        ):
            assert (await hook.post("mailgun", body)).json() == {"events": 1, "changed": 1}
        assert await hook.counts() == {"sent": 2, "bounced": 1, "complained": 1}
        assert ("person1@example.org", "unknown_mailbox") in await hook.world.suppressed()


async def test_sendgrid_signs_a_list_of_events(clone: Clone) -> None:
    async with hooked(clone("mailer")) as hook:

        def event(ordinal: int, name: str, **more: Any) -> dict[str, Any]:
            token = hook.world.return_path(ordinal)
            return {"event": name, "email": f"person{ordinal}@example.org", "tutti": token, **more}

        events = [
            event(1, "bounce", type="bounce", status="5.1.1", reason="550 5.1.1 user unknown"),
            event(2, "spamreport"),
            event(3, "bounce", type="blocked", status="4.0.0", reason="unable to get mx info"),
            event(4, "processed"),
        ]
        body, headers = sendgrid(events, stamp_of())
        assert (await hook.post("sendgrid", body + b" ", headers)).status_code == 401
        assert (await hook.post("sendgrid", *sendgrid(events, stamp_of(minutes=6)))).status_code == 401
        assert (await hook.post("sendgrid", body, headers)).json() == {"events": 3, "changed": 3}
        assert await hook.counts() == {"sent": 1, "bounced": 2, "complained": 1}
        assert ("person3@example.org", "unknown_mailbox") not in await hook.world.suppressed()
