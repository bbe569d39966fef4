"""One job of 100,000 recipients through the whole stack into a fast sink (`make bench-million`: 1,000,000).

Prints how long each phase took, the peak memory of every process, and whether everybody got exactly one message.
Exits with 1 when not, when the counts do not match to the unit, or when a process grew over 400 MB.

    python -m tests.bench.mailing [--recipients N] [--port-base N]
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.bench.figure import Figure, say
from tests.support.mailing import Integrator, people
from tests.support.ports import free_port_base
from tests.support.sink import Sink, running_sink
from tests.support.stack import Stack, running

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 400
MAILER_MEGABYTES = 150
FIELDS = 10
LINKS = 8
SIZE = 10_000
_SAMPLE_SECONDS = 0.5
_LONGEST_SECONDS = 1800


@dataclass
class Peaks:
    """The most memory every process had, sampled twice a second."""

    by_process: dict[str, int] = field(default_factory=dict)

    def sample(self, processes: dict[str, int]) -> None:
        """Look once: resident memory of each process and of the largest of its children."""
        for name, pid in processes.items():
            try:
                process = psutil.Process(pid)
                sizes = [each.memory_info().rss for each in (process, *process.children(recursive=True))]
            except psutil.Error:
                continue
            self.by_process[name] = max(self.by_process.get(name, 0), *sizes)


@contextmanager
def watched(stack: Stack) -> Iterator[Peaks]:
    """The peaks of the stack's processes while the block runs."""
    peaks, stop = Peaks(), threading.Event()
    processes = {process["name"]: process["pid"] for process in stack.status()["processes"]}

    def watch() -> None:
        while not stop.wait(_SAMPLE_SECONDS):
            peaks.sample(processes)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        stop.set()
        watcher.join()


def content() -> dict[str, str]:
    """About 10 KB of HTML and text with ten merge fields and eight links in each part."""
    fields = "".join(f"<p>Field {number}: {{{{ FIELD{number} }}}}</p>\n" for number in range(1, FIELDS + 1))
    urls = [f"https://shop.example/offer/{number}" for number in range(1, LINKS + 1)]
    links = "".join(f'<p><a href="{url}">Offer</a></p>\n' for url in urls)
    text = "".join(f"Field {number}: {{{{ FIELD{number} }}}}\n" for number in range(1, FIELDS + 1))
    text += "".join(f"Offer: {url}\n" for url in urls)
    sentence = "A sentence that stands for the many words of a real letter. "
    filling = f"<p>{sentence * 4}</p>\n"
    html = fields + links
    html += filling * ((SIZE - len(html) - len(text)) // len(filling))
    return {"subject": "For {{ FIELD1 }}", "html": f"<html><body>\n{html}</body></html>", "text": text}


class Phases:
    """Says what is being done and how long it took."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def done(self, what: str, *, count: int | None = None) -> float:
        """Print one finished phase; its seconds."""
        now = time.monotonic()
        seconds, self._since = now - self._since, now
        rate = f"   {count / seconds:>9,.0f} a second" if count else ""
        sys.stdout.write(f"  {what:<44} {seconds:>8.1f} s{rate}\n")
        sys.stdout.flush()
        return seconds


def run(recipients: int, port_base: int | None) -> list[str]:
    """Do it all; what was wrong, in words."""
    with tempfile.TemporaryDirectory(prefix="tutti-bench-") as folder, running_sink() as sink:
        stack = Stack(Path(folder) / "data", port_base or free_port_base())
        phases = Phases()
        with running(stack, "--smtp", f"127.0.0.1:{sink.port}"):
            phases.done("stack up")
            with watched(stack) as peaks:
                wrong = _mailing(Integrator(stack), sink, recipients, phases)
            return wrong + _memory(peaks, recipients)


def _mailing(integrator: Integrator, sink: Sink, recipients: int, phases: Phases) -> list[str]:
    file = b"".join(people(recipients, columns=FIELDS))
    job = integrator.prepare(file, content(), title=f"{recipients:,} recipients")
    prepared = phases.done(f"uploaded {len(file) / MEGABYTE:.0f} MB, prepared", count=recipients)
    integrator.test(job)
    tests = sink.accepted
    phases.done("test delivery")
    delivery = integrator.authorize(job)
    authorized = phases.done("authorized, frozen, handed over", count=recipients)
    while sink.accepted == tests:
        time.sleep(0.05)
    first = authorized + phases.done("first message after")
    ended = integrator.ended(delivery, seconds=_LONGEST_SECONDS)
    sent = phases.done("sent", count=recipients)
    wrong = _verdict(sink, ended["counts"], recipients)
    figures = [
        Figure("mailing", "upload and evaluation", recipients / prepared, "rows/s", None, _given(recipients)),
        Figure("mailing", "first message after authorizing", first, "s", "<= 60", _given(recipients)),
        Figure("mailing", "sent through the whole stack", recipients / sent, "messages/s", None, _given(recipients)),
        Figure(
            "mailing", "lost or extra", abs(sink.accepted - tests - recipients), "messages", "<= 0", _given(recipients)
        ),
    ]
    return wrong + _missed(figures)


def _given(recipients: int) -> dict[str, Any]:
    return {"recipients": recipients, "octets": SIZE}


def _missed(figures: list[Figure]) -> list[str]:
    """Say each; those that miss their goal in words."""
    return [f"{each.figure}: {each.value:.4g} {each.unit}" for each in map(say, figures) if each.good is False]


def _verdict(sink: Sink, counts: dict[str, int], recipients: int) -> list[str]:
    live = {address: copies for address, copies in sink.copies.items() if address.endswith("@people.example")}
    copies = sum(len(each) for each in live.values())
    ids = len({each[0].message_id for each in live.values()})
    words = ", ".join(f"{count:,} {state}" for state, count in counts.items() if count)
    sys.stdout.write(f"\n  arrived {copies:,} messages at {len(live):,} recipients, {ids:,} Message-IDs\n")
    sys.stdout.write(f"  counted {words}; {sink.most_connections} connections at most\n\n")
    wrong = []
    if (copies, len(live), ids) != (recipients, recipients, recipients):
        wrong.append("not everybody got exactly one message")
    if counts["sent"] != recipients or sum(counts.values()) != recipients:
        wrong.append("the counts do not match")
    return wrong


def _memory(peaks: Peaks, recipients: int) -> list[str]:
    mailer = peaks.by_process.get("mailer", 0) / MEGABYTE
    figure = Figure("mailing", "memory of mailer", mailer, "MB", f"<= {MAILER_MEGABYTES}", _given(recipients))
    wrong = _missed([figure])
    for name, size in sorted(peaks.by_process.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"  {name:<12} {size / MEGABYTE:>7.0f} MB at most\n")
        if size > MOST_MEGABYTES * MEGABYTE:
            wrong.append(f"{name} grew over {MOST_MEGABYTES} MB")
    return wrong


def main() -> int:
    """Run and judge; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipients", type=int, default=100_000)
    parser.add_argument("--port-base", type=int)
    options = parser.parse_args()
    wrong = run(options.recipients, options.port_base)
    sys.stdout.write("\n" + ("\n".join(f"WRONG: {each}" for each in wrong) or "everything matches") + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
