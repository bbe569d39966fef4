"""The storms' mail server: a durable line before every 250."""

import smtplib
from pathlib import Path

import pytest

from tests.soak.sink import running_sink
from tests.support.stack import wait_until

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
    with running_sink(tmp_path, reply_delay=3600.0) as sink, smtplib.SMTP("127.0.0.1", sink.port) as client:
        client.mail("a@b.example")
        client.rcpt("ada@people.example")
        client.docmd("DATA")
        client.send(LETTER % 1 + b".\r\n")
        wait_until(lambda: sink.accepted == 1, seconds=30)
        assert client.sock is not None
        client.sock.settimeout(0.2)
        with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
            client.getreply()
        client.close()
