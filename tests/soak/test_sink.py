"""The storms' mail server: a durable line before every 250."""

import smtplib
from pathlib import Path

import pytest

from tests.soak.sink import running_sink

LETTER = b"Subject: x\r\nMessage-ID: <%d@x>\r\n\r\nHello\r\n"


def test_every_message_that_was_answered_has_its_line(tmp_path: Path) -> None:
    with running_sink(tmp_path) as sink:
        with smtplib.SMTP("127.0.0.1", sink.port) as client:
            for number in range(20):
                client.sendmail("a@b.example", [f"person{number}@people.example"], LETTER % number)
                assert len(sink.log.read_bytes().splitlines()) == number + 1
            assert (sink.accepted, sink.open_connections) == (20, 1)
        lines = list(sink.lines())
    assert [line.rcpt_to for line in lines] == [f"person{number}@people.example" for number in range(20)]
    assert [line.message_id for line in lines] == [f"<{number}@x>" for number in range(20)]
    assert len({line.digest for line in lines}) == 20


def test_the_same_message_has_the_same_digest(tmp_path: Path) -> None:
    with running_sink(tmp_path) as sink, smtplib.SMTP("127.0.0.1", sink.port) as client:
        for _ in range(2):
            client.sendmail("a@b.example", ["ada@people.example"], LETTER % 1)
        assert len({line.digest for line in sink.lines()}) == 1


def test_it_answers_as_slowly_as_it_is_told_to(tmp_path: Path) -> None:
    with running_sink(tmp_path, reply_delay=30.0) as sink, smtplib.SMTP("127.0.0.1", sink.port, timeout=0.5) as client:
        with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
            client.sendmail("a@b.example", ["ada@people.example"], LETTER % 1)
        assert sink.accepted == 1
        client.close()
