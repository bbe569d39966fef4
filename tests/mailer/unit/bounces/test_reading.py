"""Reports of many mail systems are read, whatever the line ends, and nothing a stranger writes stops the reader."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.bounces.reading import meanings, read_report
from mailer.bounces.reading.report import UNREADABLE
from mailer.replies.service import Meaning, classify
from tests.mailer.unit.bounces.reports import labels, mutated, samples, with_line_ends

_MEGABYTE = 1024 * 1024
_HEAD = b"From: MAILER-DAEMON@x.test\nSubject: Undeliverable mail\n"
_REPORT = _HEAD + b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
_BLOCK = b"Final-Recipient: rfc822; a%d@x.test\nAction: failed\nStatus: 5.1.1\n\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
_HTML = _HEAD + b"Content-Type: text/html\n\n"


def test_every_sample_has_a_label_and_every_label_a_sample() -> None:
    assert samples().keys() == labels().keys()
    assert {said.kind for said in labels().values()} == {"bounce", "complaint", "delay", "auto_reply", "other"}


@pytest.mark.parametrize("name", samples())
def test_a_report_says_what_its_label_says(name: str) -> None:
    report = read_report(samples()[name])
    said = labels()[name]
    recipients = tuple((each.address, each.bounce_class.value, each.permanent) for each in report.recipients)
    assert (report.kind, recipients) == (said.kind, said.recipients)
    assert report.rule
    assert all(each.rule for each in report.recipients)


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"])
def test_line_ends_change_nothing(name: str, line_end: bytes) -> None:
    message = samples()[name]
    assert read_report(with_line_ends(message, line_end)) == read_report(message)


@given(st.sampled_from(sorted(samples())), st.integers(0, 2**32))
@settings(max_examples=250, deadline=None)
def test_damage_stops_nothing_and_line_ends_still_change_nothing(name: str, seed: int) -> None:
    message = with_line_ends(mutated(samples()[name], random.Random(seed)), b"\n")  # noqa: S311 - damage
    report = read_report(message)
    assert report.rule != UNREADABLE
    assert read_report(with_line_ends(message, b"\r\n")) == report
    assert read_report(with_line_ends(message, b"\r")) == report
    for each in report.recipients:
        assert len(each.diagnostic) <= 500
        assert not each.permanent or report.kind == "bounce"


@given(st.binary(max_size=2_000))
@settings(max_examples=200, deadline=None)
def test_no_octets_stop_it(octets: bytes) -> None:
    for message in (octets, _REPORT + octets, _HTML + octets):
        assert read_report(message).rule != UNREADABLE


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"\x00" * 25 * _MEGABYTE, id="zeros"),
        pytest.param(_HEAD + b"\n" + b"a" * 25 * _MEGABYTE, id="one line"),
        pytest.param(_HEAD + b"\n" + b"a@" * 12 * _MEGABYTE, id="at signs"),
        pytest.param(_HEAD + b"\n" + b" \n" * 12 * _MEGABYTE, id="blank lines"),
        pytest.param(_HEAD + b"\n" + b"550 5.1.1 " * 2 * _MEGABYTE, id="codes"),
        pytest.param(_HEAD + b"\n" + b"user mailbox address " * _MEGABYTE, id="words with gaps"),
        pytest.param(_HEAD + b"\nhi\n" + b"-" * 25 * _MEGABYTE, id="dashes"),
        pytest.param(_HEAD + b"\n" + b"Received: from x\n" * _MEGABYTE, id="received lines"),
        pytest.param(_HTML + b"<style>" * 3 * _MEGABYTE, id="styles never closed"),
        pytest.param(_HTML + b"<!--" * 6 * _MEGABYTE, id="comments never closed"),
        pytest.param(_HTML + b"<a " * 8 * _MEGABYTE, id="tags never closed"),
        pytest.param(b"Subject: " + b"x" * _MEGABYTE + b"\n\nhi", id="a megabyte in one field"),
        pytest.param(b"Subject: x\n" + b" y\n" * _MEGABYTE + b"\nhi", id="a field of a million lines"),
        pytest.param(b"X: y\n" * _MEGABYTE, id="a million fields"),
        pytest.param(b"From: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nhi", id="encoded words"),
        pytest.param(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(100_000)),
            id="deep",
        ),
        pytest.param(_MIXED + b"--b\n\nx\n" * 100_000, id="10^5 parts"),
        pytest.param(_MIXED + b"--\n" * 8 * _MEGABYTE, id="delimiters"),
        pytest.param(
            _REPORT + b"".join(_BLOCK % number for number in range(100_000)),
            id="10^5 recipients",
        ),
        pytest.param(_REPORT + b"Final-Recipient:" * _MEGABYTE, id="a field in itself"),
        pytest.param(_HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QUJ" * 8 * _MEGABYTE, id="cut base64"),
        pytest.param(_HEAD + b"\n" + b"\r" * 25 * _MEGABYTE, id="carriage returns"),
        pytest.param(_HEAD + b"\nx\n" + b"\n" * 60_000 + b"x", id="empty lines between words"),
        pytest.param(_HEAD + b"\nx\n" + b">\n" * 30_000, id="quoted empty lines"),
        pytest.param(_HEAD + b"\nx\noriginal message" + b" " * 60_000 + b"x", id="blanks behind an announcement"),
        pytest.param(_HEAD + b"\nx:\n" + b" " * 60_000 + b"@", id="blanks before a name"),
        pytest.param(_HEAD + b"\n" + b"tryresend" * 7_000, id="advice without an end"),
        pytest.param(_HTML + b"<br " * 30_000, id="breaks never closed"),
        pytest.param(_HTML + b"&#" + b"1" * 100_000, id="a number beyond all letters"),
        pytest.param(_MIXED + b"--b\nX: y\n" * 100_000, id="headers never ended"),
        pytest.param(_MIXED.replace(b"=b", b"=b:") + b"--b:\nX: y\n" * 100_000, id="delimiters like fields"),
        pytest.param(
            _MIXED + b"--b\nX: y\nContent-Type: multipart/mixed; boundary=z\n\n" * 20_000, id="boundaries never met"
        ),
        pytest.param(
            _HEAD + b"\nThis is the qmail\n" + b"".join(b"<u%d@x.test>:\n" % number for number in range(3_000)),
            id="people by the thousand",
        ),
        pytest.param(_HEAD + b"Content-Type: text/plain; charset=idna\n\n" + b"xn--" * 4 * _MEGABYTE, id="odd charset"),
    ],
)
def test_the_worst_takes_less_than_a_second(message: bytes) -> None:
    began = time.process_time()
    read_report(message)
    assert time.process_time() - began < 1.0


def test_what_is_said_about_everybody_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def counted(code: int | None, text: str, status: str | None = None) -> Meaning:
        judged.append(text)
        return classify(code, text, status)

    monkeypatch.setattr(meanings, "classify", counted)
    said = b"This is the qmail-send program. Your message came back.\n" + b"It is odd.\n" * 3_000
    costs = []
    for people in (1, 50):
        judged.clear()
        failed = b", ".join(b"ann%d@x.test" % number for number in range(people))
        report = read_report(b"X-Failed-Recipients: " + failed + b"\n" + _HEAD + b"\n" + said)
        assert len(report.recipients) == people
        costs.append(sum(map(len, judged)))
    assert costs[0] == costs[1] > 0


def test_no_judged_text_is_longer_than_what_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    longest: list[int] = []

    def measured(code: int | None, text: str, status: str | None = None) -> Meaning:
        longest.append(len(text))
        return classify(code, text, status)

    monkeypatch.setattr(meanings, "classify", measured)
    block = (
        b"Final-Recipient: rfc822; a%d@x.test\nAction: failed\nDiagnostic-Code: smtp; odd %d " + b"z" * 9_000 + b"\n\n"
    )
    report = read_report(_REPORT + b"".join(block % (number, number) for number in range(100)))
    assert len(report.recipients) > 10
    assert max(longest) <= 8_000
    assert len(longest) <= 4 * len(report.recipients)


def test_memory_stays_small() -> None:
    read_report(_HEAD + b"\n" + b"could not be delivered to ann@example.org\n" * (25 * _MEGABYTE // 43))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1024 * 1024  # KiB, with everything else of the suite


def test_the_command_reads_thousands_of_files_and_whatever_else_it_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(400):
        name, message = list(samples().items())[number % len(samples())]
        (folder / f"{number:04}-{name}.eml").write_bytes(message)
    (folder / "0000-empty").write_bytes(b"")
    (folder / "0001-picture").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    odd = os.fsdecode(os.fsencode(str(folder)) + b"/\xff-odd.eml")
    Path(odd).write_bytes(samples()["qmail-unknown"])
    files = [*sorted(str(each) for each in folder.iterdir()), str(tmp_path), str(tmp_path / "missing")]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "mailer", "bounce-explain", *files], capture_output=True, timeout=60, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(files)
    assert done.stderr == b""
    by_file = {line["file"]: line for line in lines}
    for file in folder.glob("*.eml"):
        name = file.stem.partition("-")[2]
        if name in labels():
            assert by_file[str(file)]["kind"] == labels()[name].kind
    assert {by_file[str(folder / each)]["kind"] for each in ("0000-empty", "0001-picture")} == {"other"}
    assert lines[-1] == {"file": files[-1], "kind": "other", "recipients": [], "rule": "the file cannot be read"}


def test_the_command_does_not_load_the_service() -> None:
    checked = "import sys, mailer.__main__; sys.exit(any(m in sys.modules for m in ('fastapi', 'sqlalchemy', 'typer')))"
    assert subprocess.run([sys.executable, "-c", checked], timeout=60, check=False).returncode == 0  # noqa: S603
