"""`mailer bounce-explain`: what messages in files report, one JSON line a file.

Imports nothing of the service, so that it starts at once, and holds one file at a time.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import orjson

from mailer.bounces.reading import read_report
from mailer.bounces.reading.message import MAX_OCTETS
from mailer.bounces.rules import Report


def explain_file(file: Path) -> str:
    """One JSON line about a message in a file; a file that cannot be read is `other`."""
    try:
        with file.open("rb") as opened:
            report = read_report(opened.read(MAX_OCTETS))
    except (OSError, ValueError):
        report = Report("other", rule="the file cannot be read")
    return orjson.dumps(_said(str(file), report)).decode()


def explain(files: Iterable[str]) -> None:
    """Print one line a file, as soon as it is read."""
    for file in files:
        sys.stdout.write(explain_file(Path(file)) + "\n")
    sys.stdout.flush()


def _said(file: str, report: Report) -> dict[str, object]:
    recipients = [
        {
            "address": each.address,
            "status": each.status,
            "reply_code": each.reply_code,
            "class": each.bounce_class.value,
            "permanent": each.permanent,
            "diagnostic": each.diagnostic,
            "rule": each.rule,
        }
        for each in report.recipients
    ]
    # Names of files may hold octets that are no text.
    name = file.encode("utf-8", "replace").decode()
    return {"file": name, "kind": report.kind, "recipients": _encodable(recipients), "rule": _text(report.rule)}


def _encodable(recipients: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    return [
        {key: _text(value) if isinstance(value, str) else value for key, value in each.items()} for each in recipients
    ]


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode()
