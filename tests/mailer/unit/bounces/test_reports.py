"""Understanding what comes back, whatever it is."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mailer.bounces.explain import explain_file
from mailer.bounces.reading import read_report
from mailer.cli import cli

DSN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: b+token@bounces.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

<ann@example.org>: unknown user
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Original-Recipient: rfc822;ann@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--B
Content-Type: message/rfc822

Subject: Hello

body
--B--
"""
ARF = """\
From: abuse@provider.example
Subject: FW: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

spam
--B
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
Original-Rcpt-To: ann@example.org

--B--
"""
VACATION = "From: Ann <ann@example.org>\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nBack on Monday.\n"
QMAIL = """\
From: MAILER-DAEMON@old.example
Subject: failure notice

Hi. This is the qmail-send program.
<bob@example.org>:
550 5.1.1 no such user here
"""


def a_dsn(action: str = "failed", status: str = "5.1.1", diagnostic: str = "550 5.1.1 User unknown") -> bytes:
    return DSN.format(action=action, status=status, diagnostic=diagnostic).encode()


def test_a_failed_delivery_is_a_bounce_with_codes_and_class() -> None:
    report = read_report(a_dsn())
    assert report.kind == "bounce"
    [said] = report.recipients
    assert (said.address, said.status, said.reply_code) == ("ann@example.org", "5.1.1", 550)
    assert (said.bounce_class, said.permanent) == ("unknown_mailbox", True)
    assert said.diagnostic == "550 5.1.1 User unknown"


@pytest.mark.parametrize(
    ("status", "diagnostic", "bounce_class"),
    [
        ("5.2.2", "552 5.2.2 mailbox full", "mailbox_full"),
        ("5.7.1", "550 5.7.1 blocked by policy", "policy"),
        ("5.7.1", "554 5.7.1 message rejected as spam", "content_refused"),
        ("4.4.7", "451 4.4.7 timed out", "network"),
        ("5.3.4", "552 5.3.4 message too large", "message_too_large"),
    ],
)
def test_what_says_nothing_lasting_about_the_address_is_not_permanent(
    status: str, diagnostic: str, bounce_class: str
) -> None:
    [said] = read_report(a_dsn(status=status, diagnostic=diagnostic)).recipients
    assert (said.bounce_class, said.permanent) == (bounce_class, False)


def test_the_servers_own_words_beat_a_general_status() -> None:
    [said] = read_report(a_dsn(status="5.0.0", diagnostic="550 5.1.1 no such user")).recipients
    assert (said.status, said.bounce_class, said.permanent) == ("5.1.1", "unknown_mailbox", True)


def test_a_delay_is_not_a_bounce_and_success_is_neither() -> None:
    assert read_report(a_dsn(action="delayed", status="4.4.1")).kind == "delay"
    delivered = read_report(a_dsn(action="delivered", status="2.0.0"))
    assert (delivered.kind, delivered.recipients) == ("other", ())


def test_complaints_automatic_replies_and_words_only() -> None:
    complaint = read_report(ARF.encode())
    assert (complaint.kind, [each.address for each in complaint.recipients]) == ("complaint", ["ann@example.org"])
    assert read_report(VACATION.encode()).kind == "auto_reply"
    words = read_report(QMAIL.encode())
    assert words.kind == "bounce"
    assert (words.recipients[0].address, words.recipients[0].bounce_class) == ("bob@example.org", "unknown_mailbox")
    assert read_report(b"From: ann@example.org\nSubject: hi\n\nhello\n").kind == "other"


@pytest.mark.parametrize("message", [a_dsn(), ARF.encode(), VACATION.encode(), QMAIL.encode()])
def test_line_ends_make_no_difference(message: bytes) -> None:
    assert (
        read_report(message)
        == read_report(message.replace(b"\n", b"\r\n"))
        == read_report(message.replace(b"\n", b"\r"))
    )


def test_control_characters_in_a_diagnostic_do_not_come_through() -> None:
    [said] = read_report(a_dsn(diagnostic="550 \x1b[31m<script>alert(1)</script>\x00 no" + "x" * 5_000)).recipients
    assert said.diagnostic.isprintable()
    assert len(said.diagnostic) <= 500


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 900))
@settings(max_examples=300, deadline=None)
def test_no_mutation_raises(junk: bytes, start: int, length: int) -> None:
    message = a_dsn()
    read_report(message[:start] + junk + message[start + length :])


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00" * 100_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 20_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 100_000,
        b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\n\n",
        b"From: mailer-daemon@x\nSubject: failure\n\n" + b"a@" * 500_000,
        b"X: y\n" * 200_000,
        b"Date: " + b"9" * 500_000 + b"\nFrom: mailer-daemon\n\n550 " + b" " * 500_000,
        b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 50_000,
    ],
)
def test_hostile_messages_end_quickly(message: bytes) -> None:
    began = time.process_time()
    read_report(message)
    assert time.process_time() - began < 5.0


def test_explaining_files_prints_one_line_each_and_never_fails(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "bad.eml"
    good.write_bytes(a_dsn())
    bad.write_bytes(b"\xff\x00")
    result = CliRunner().invoke(cli, ["bounce-explain", str(good), str(bad), str(tmp_path / "missing.eml")])
    assert result.exit_code == 0
    first, second, third = (json.loads(line) for line in result.output.splitlines())
    assert first == {
        "file": str(good),
        "kind": "bounce",
        "recipients": [
            {
                "address": "ann@example.org",
                "status": "5.1.1",
                "reply_code": 550,
                "class": "unknown_mailbox",
                "permanent": True,
                "diagnostic": "550 5.1.1 User unknown",
                "rule": "nobody has that address: user unknown",
            }
        ],
        "rule": "status part: failed",
    }
    assert second["kind"] == third["kind"] == "other"
    assert json.loads(explain_file(bad))["recipients"] == []
