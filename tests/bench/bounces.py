"""How long reading a report takes, and on a labelled corpus, how often it is right.

    python -m tests.bench.bounces [--rounds N] [--corpus DIR]

Without a corpus our own samples are read. A corpus is a folder of messages (`*.eml`) with a `labels.json`:
`{"name without .eml": {"kind": "bounce", "recipients": [{"address": …, "permanent": true}]}}`; address may be missing.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mailer.bounces.reading import read_report
from mailer.bounces.rules import Report
from tests.bench.figure import Figure, exit_status, say
from tests.mailer.unit.bounces.reports import FOLDER, Said, labels, samples, with_line_ends

_BENCH = "bounces"


def measured(messages: dict[str, bytes], rounds: int) -> list[float]:
    """Milliseconds of processor time a message, sorted: the worst of some rounds, the first one without caches."""
    worst: dict[str, float] = dict.fromkeys(messages, 0.0)
    for _ in range(rounds):
        for name, message in messages.items():
            began = time.process_time()
            read_report(message)
            worst[name] = max(worst[name], (time.process_time() - began) * 1_000)
    return sorted(worst.values())


def speed(messages: dict[str, bytes], rounds: int) -> Iterator[Figure]:
    """The middle and the slowest hundredth."""
    taken = measured(messages, rounds)
    conditions = {"messages": len(taken), "rounds": rounds, "octets": sum(map(len, messages.values()))}
    middle, slow = taken[len(taken) // 2], taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    yield Figure(_BENCH, "reading a report, middle", middle, "ms", conditions=conditions)
    yield Figure(_BENCH, "reading a report, 99th percentile", slow, "ms", "<= 20", conditions)


def accuracy(messages: dict[str, bytes], said: dict[str, Said]) -> Iterator[Figure]:
    """How many were found, how many were right about permanence, and whether line ends made a difference."""
    known = {name: (read_report(messages[name]), label) for name, label in said.items() if name in messages}
    found = [_is_found(report, label) for report, label in known.values()]
    failures = [pair for pair in known.values() if pair[1].kind == "bounce"]
    right = [_is_permanent(report) == _should_be(label) for report, label in failures]
    lasting = [_is_permanent(report) for report, label in failures if not _should_be(label)]
    differing = [
        name for name, (report, _) in known.items() for end in (b"\r\n", b"\r") if _differs(messages[name], end, report)
    ]
    conditions = {"messages": len(known), "failures": len(failures)}
    for name, is_found in zip(known, found, strict=True):
        if not is_found:
            sys.stderr.write(f"not found: {name}: {known[name][0].kind}, not {known[name][1].kind}\n")
    yield Figure(_BENCH, "found", _share(found), "%", ">= 99.5", conditions)
    yield Figure(_BENCH, "permanent or not, right", _share(right), "%", ">= 98", conditions)
    yield Figure(_BENCH, "not permanent, called permanent", _share(lasting, otherwise=0), "%", "<= 1", conditions)
    yield Figure(_BENCH, "differing with line ends", len(differing), "messages", "<= 0", conditions)


def _is_found(report: Report, label: Said) -> bool:
    named = {(each.address or "").lower() for each in report.recipients}
    wanted = {address.lower() for address, _, _ in label.recipients if address}
    return report.kind == label.kind and wanted <= named


def _is_permanent(report: Report) -> bool:
    return any(each.permanent for each in report.recipients)


def _should_be(label: Said) -> bool:
    return any(permanent for _, _, permanent in label.recipients)


def _differs(message: bytes, line_end: bytes, report: Report) -> bool:
    return read_report(with_line_ends(message, line_end)) != report


def _share(values: list[bool], otherwise: float = 100) -> float:
    return 100 * sum(values) / len(values) if values else otherwise


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", type=Path, default=FOLDER)
    options = parser.parse_args()
    messages = samples(options.corpus)
    figures = [say(figure) for figure in speed(messages, options.rounds)]
    figures += [say(figure) for figure in accuracy(messages, labels(options.corpus))]
    return exit_status(figures)


if __name__ == "__main__":
    sys.exit(main())
