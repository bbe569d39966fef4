"""The client alone against Postfix's smtp-source, side by side in one run.

    python -m tests.bench.wire [--messages N] [--rounds N]

10 connections, 10-KB messages, into smtp-sink (its own brake) and into a null sink in C (so that the client is what is
measured); 50 connections into a null sink that answers after 20 ms; what encryption costs. The contestants take turns,
medians are compared. Prints one line of JSON a figure; exits with 1 when a goal is missed.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, exit_status, say
from tests.bench.postfix import PostfixMissing, postfix_program, running_smtp_sink, smtp_source
from tests.bench.wire_sinks import CompilerMissing, listening, the_null_sink

CONNECTIONS, OCTETS = 10, 10_240
SLOW_CONNECTIONS, SLOW_MILLISECONDS = 50, 20
_SECONDS = 180
Contestant = Callable[[], dict[str, float]]


@dataclass
class Race:
    """Contestants that take turns: the first runs of each are thrown away."""

    contestants: dict[str, Contestant]
    rounds: int
    results: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def run(self, where: str) -> "Race":
        """All rounds."""
        for number in range(self.rounds + 1):
            for name, contestant in self.contestants.items():
                result = contestant()
                if number:
                    self.results.setdefault(name, []).append(result)
        for name in self.contestants:
            sys.stdout.write(
                f"{where:28} {name:34} {self.of(name):9,.0f} msg/s {self.of(name, 'cpu_us'):7.1f} us CPU a message\n"
            )
        return self

    def of(self, name: str, what: str = "rate") -> float:
        """The median."""
        return statistics.median(result.get(what, 0.0) for result in self.results[name])

    def ratio(self, name: str, to: str) -> float:
        """Of the medians."""
        return self.of(name) / self.of(to)


def source(port: int, messages: int) -> Contestant:
    """smtp-source with its connections used again."""

    def run() -> dict[str, float]:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        rate = smtp_source(port, connections=CONNECTIONS, octets=OCTETS, messages=messages)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"rate": rate, "cpu_us": used / messages * 1e6}

    return run


def ours(port: int, messages: int, *options: str, connections: int = CONNECTIONS) -> Contestant:
    """Our client in a process of its own."""
    counts = ["--messages", str(messages), "--connections", str(connections), "--octets", str(OCTETS)]
    command = [sys.executable, "-m", "tests.bench.wire_client", str(port), *counts, *options]

    def run() -> dict[str, float]:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=_SECONDS)  # noqa: S603
        result: dict[str, float] = json.loads(done.stdout)
        return result

    return run


def _figures(messages: int, rounds: int, null_sink: Path) -> list[Figure]:
    conditions = {
        "connections": CONNECTIONS,
        "octets": OCTETS,
        "messages": messages,
        "rounds": rounds,
        "loop": "uvloop",
    }
    return [
        *_on_smtp_sink(messages, rounds, conditions),
        *_on_null_sink(messages, rounds, conditions, null_sink),
        *_on_slow_sink(messages, rounds, conditions, null_sink),
        *_encrypted(messages // 4, conditions),
    ]


def _on_smtp_sink(messages: int, rounds: int, conditions: dict[str, Any]) -> list[Figure]:
    with running_smtp_sink() as port:
        race = Race({"smtp-source -d": source(port, messages), "ours": ours(port, messages)}, rounds).run("smtp-sink")
    return [
        _ratio("client against smtp-sink", race.ratio("ours", "smtp-source -d"), ">= 1.0", conditions),
        _plain("client CPU on smtp-sink", race.of("ours", "cpu_us"), "us a message", conditions),
        _plain("client memory", race.of("ours", "megabytes"), "MB", conditions),
    ]


def _on_null_sink(messages: int, rounds: int, conditions: dict[str, Any], null_sink: Path) -> list[Figure]:
    with listening(str(null_sink), "0") as port:
        race = Race(
            {
                "smtp-source -d": source(port, messages),
                "ours": ours(port, messages * 2),
                "ours, CHUNKING": ours(port, messages * 4, "--chunking"),
            },
            rounds,
        ).run("null sink")
    return [
        _ratio("client against a null sink", race.ratio("ours", "smtp-source -d"), ">= 2", conditions),
        _ratio(
            "client with CHUNKING against a null sink",
            race.ratio("ours, CHUNKING", "smtp-source -d"),
            ">= 4",
            conditions,
        ),
        _plain("client CPU on a null sink", race.of("ours", "cpu_us"), "us a message", conditions),
        _plain("client CPU with CHUNKING", race.of("ours, CHUNKING", "cpu_us"), "us a message", conditions),
    ]


def _on_slow_sink(messages: int, rounds: int, conditions: dict[str, Any], null_sink: Path) -> list[Figure]:
    theory = SLOW_CONNECTIONS / (SLOW_MILLISECONDS / 1000)
    with listening(str(null_sink), "0", str(SLOW_MILLISECONDS)) as port:
        race = Race({"ours": ours(port, messages, connections=SLOW_CONNECTIONS)}, rounds).run("sink of 20 ms")
    slow = {**conditions, "connections": SLOW_CONNECTIONS, "answers_after_ms": SLOW_MILLISECONDS}
    share = race.of("ours", "rate_open") / theory  # a rate of open connections, so without opening them
    return [Figure("wire", "share of connections / round trip", share, "of 1", ">= 0.85", slow)]


def _encrypted(messages: int, conditions: dict[str, Any]) -> list[Figure]:
    with listening(sys.executable, "-m", "tests.bench.wire_sinks") as port:
        race = Race({"clear": ours(port, messages), "TLS": ours(port, messages, "--tls")}, 1).run("sink with STARTTLS")
    return [
        _plain("what TLS adds", race.of("TLS", "cpu_us") - race.of("clear", "cpu_us"), "us CPU a message", conditions),
        _plain("opening with TLS", race.of("TLS", "open_ms"), "ms CPU a connection", conditions),
    ]


def _ratio(figure: str, value: float, goal: str, conditions: dict[str, Any]) -> Figure:
    return Figure("wire", figure, value, "x smtp-source -d", goal, conditions)


def _plain(figure: str, value: float, unit: str, conditions: dict[str, Any]) -> Figure:
    return Figure("wire", figure, value, unit, None, conditions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    try:
        postfix_program("smtp-source")
        with tempfile.TemporaryDirectory() as folder, the_null_sink(Path(folder)) as null_sink:
            figures = _figures(given.messages, given.rounds, null_sink)
    except (PostfixMissing, CompilerMissing) as missing:
        sys.exit(str(missing))
    for figure in figures:
        say(figure)
    sys.exit(exit_status(figures))


if __name__ == "__main__":
    main()
