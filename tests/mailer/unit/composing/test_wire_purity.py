"""Hostile content of every kind: nothing of it changes what is on the wire."""

import email
import email.policy
import hashlib
from email.message import EmailMessage

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from mailer.composing.errors import ContentFaulty
from mailer.composing.files import clean_name, part_headers
from mailer.composing.schemas import Attachment
from mailer.composing.service import Composed
from tests.soak.wire_purity import purity
from tests.support.hostile import Hostile, Letters, compiled, header_names
from tests.support.purity import impurities

NAMES = [b"Subject"]


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_hostile_letters_to_hostile_people_stay_pure(seed: int) -> None:
    hostile = Hostile(seed)
    document, files = hostile.document()
    try:
        message = compiled(document, files)
    except ContentFaulty:
        reject()  # a letter that its author has to mend is never sent
    people = [hostile.recipient(ordinal) for ordinal in range(1, 13)]
    for composed in message.compose_batch(people, message.tokens(people)):
        if isinstance(composed, Composed):
            found = impurities(composed.data, header_names(document), has_8bit_headers=composed.needs_smtputf8)
            assert found == []


def test_the_storm_composes_and_finds_nothing() -> None:
    result = purity(300, seed=5)
    assert result.numbers["composed"] >= 300
    assert result.numbers["failed_alone"] > 0, "some of the hostile recipients fail, each alone"
    assert result.wrong == []


def test_a_letter_refused_for_everybody_is_counted_and_the_storm_goes_on() -> None:
    letters = Letters(seed=1)
    seeds = [letters.draw().seed for _ in range(150)]
    assert letters.refused > 0
    assert seeds[-1] == letters.seed + letters.accepted + letters.refused - 1


def test_a_storm_of_letters_that_are_all_refused_is_no_storm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hostile, "_html", lambda _: "<p title={{ NAME }}>x</p>")
    letters = Letters(seed=1)
    with pytest.raises(AssertionError, match="refused as a whole"):
        [letters.draw() for _ in range(200)]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"Subject: x\r\n\r\na\nb\r\n", "bare"),
        (b"Subject: x\r\n\r\na\rb\r\n", "bare"),
        (b"Subject: x\r\n\r\n.\r\n", "dot"),
        (b"Subject: x\r\n\r\na\n.\nb\r\n", "2 ends"),
        (b"Subject: x\r\n\r\na\r.\rb\r\n", "2 ends"),
        (b"Subject: x\r\n\r\n" + b"y" * 999 + b"\r\n", "998"),
        (b"Subject: x\r\nBcc: y\r\n\r\na\r\n", "headers"),
        (b"Subject: x\r\n\r\nFrom me\r\n", "mailbox"),
        (b"Subject: x\r\n\r\na", "not ended"),
        ("Subject: x\r\n\r\n\u00e9\r\n".encode(), "127"),
    ],
)
def test_the_check_sees_what_is_wrong(data: bytes, wrong: str) -> None:
    assert any(wrong in each for each in impurities(data, NAMES))
    assert impurities(b"Subject: x\r\n\r\nfine\r\n", NAMES) == []


@given(st.text(max_size=300))
@example("report\r\nBcc: v@e.test.pdf")
@example('a";\r\n name="b.exe')
@example("../../etc/passwd")
@example("C:\\Users\\x\\bill.pdf")
@example("\u202efdp.exe")
@example("Grundst\u00fccks\u00fcbersicht f\u00fcr das Jahr 2026 " * 5 + ".pdf")
@example("=?utf-8?q?x?=.pdf")
@example("''%41.txt")
@example("")
@settings(max_examples=400, deadline=None)
def test_a_file_name_arrives_as_it_was_cleaned_and_adds_no_header(name: str) -> None:
    attachment = Attachment.model_validate(
        {
            "file_name": name[:1000].encode("utf-8", "replace").decode(),
            "content_type": "a/b",
            "size": 1,
            "sha256": "0" * 64,
        }
    )
    block = part_headers(attachment)
    assert block.isascii()
    assert all(len(line) <= 78 for line in block.split("\r\n"))
    part = email.message_from_string(block + "\r\n", policy=email.policy.default)
    assert isinstance(part, EmailMessage)
    assert list(part.keys()) == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
    assert part.get_filename() == clean_name(attachment.file_name)


def test_a_file_that_is_a_message_is_not_sent_as_one() -> None:
    # base64 is not allowed there (RFC 2045, 6.4), and a program would take it for a bounce.
    octets = b"x"
    said = {"file_name": "m.eml", "content_type": "message/rfc822", "size": 1}
    attachment = Attachment.model_validate({**said, "sha256": hashlib.sha256(octets).hexdigest()})
    assert "Content-Type: application/octet-stream\r\n" in part_headers(attachment)
