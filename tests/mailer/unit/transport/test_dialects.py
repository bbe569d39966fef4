"""Hostile content and people: strict and lenient servers hear the same, and what they hear is one message each."""

from collections import Counter

import pytest

from tests.soak.wire_commands import commands
from tests.support.smtp_dialects import heard

ENVELOPE = b"MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n"


def test_every_dialect_hears_one_message_for_one_message() -> None:
    result = commands(300, seed=7)
    assert result.wrong == []
    assert result.numbers["sent"] >= 300


@pytest.mark.parametrize("end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r"])
def test_a_smuggled_message_would_have_been_heard(end: bytes) -> None:
    octets = ENVELOPE + b"DATA\r\nbody" + end + ENVELOPE + b"DATA\r\nevil\r\n.\r\n"
    assert heard(octets, "strict") == Counter({"MAIL": 1, "RCPT": 1, "DATA": 1, ".": 1})
    assert heard(octets, "lenient-CR")["MAIL"] == 2


def test_a_chunk_is_not_read() -> None:
    octets = ENVELOPE + b"BDAT 9 LAST\r\n\r\n.\r\nMAILQUIT\r\n"
    assert heard(octets, "strict") == Counter({"MAIL": 1, "RCPT": 1, "BDAT": 1, "QUIT": 1})
    assert heard(ENVELOPE + b"DATA\r\nno end", "strict")["?"] == 1
