"""One mailer process from the claim to the settled outcome, against what it is measured by.

    python -m tests.bench.engine [--messages N] [--rounds N]

Postfix's smtp-sink receives; smtp-source, our process, and our process with the ledger stubbed take turns, and
medians are compared. The naive build, single UPDATEs and the time to the first message after a kill follow. The
database is durable (fsync on). Prints one line of JSON a figure; exits with 1 when a goal is missed.
"""

import argparse
import asyncio
import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from common.contracts.signed_token import TokenKeys
from mailer.app import origins_of
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import Recipient, Secrets, compile_message
from tests.bench.figure import Figure, exit_status, say
from tests.bench.mailing import FIELDS, content
from tests.bench.naive import naive_rate
from tests.bench.postfix import running_smtp_sink, smtp_source
from tests.soak.sink import Sink, running_sink
from tests.support.builders.document import a_document
from tests.support.builders.mailer import Audience, FakeLui, a_mailer, mailer_settings
from tests.support.databases import Databases
from tests.support.engines import Postgres
from tests.support.wait import eventually

CONNECTIONS = 20
_NAIVE_MESSAGES = 400
_UPDATES = 2_000
_STAGE_SECONDS = 1_200.0
_PROCESS_SECONDS = 1_200


_DURABLE = {
    "fsync=off": "fsync=on",
    "full_page_writes=off": "full_page_writes=on",
    "wal_level=minimal": "wal_level=replica",
}
_NAMES = ("EMAIL", *(f"FIELD{number}" for number in range(1, FIELDS + 1)))


class DurablePostgres(Postgres):
    """As an installation runs it: what was committed is on the disk."""

    def command(self) -> list[str]:
        """fsync and full pages on."""
        return [_DURABLE.get(part, part) for part in super().command()]


class Ground:
    """A database with deliveries that are ready to be sent."""

    def __init__(self, postgres: Postgres, databases: Databases) -> None:
        self.postgres = postgres
        self.url = databases.clone("mailer")
        self.dsn = postgres.dsn(self.url.rpartition("/")[2])
        self._count = 0

    def stage(self, recipients: int) -> None:
        """A running delivery to so many; nothing of it is sent yet."""
        asyncio.run(self._stage(recipients))

    async def _stage(self, recipients: int) -> None:
        self._count += 1
        lui = FakeLui()
        fact = lui.offer(audience_of(recipients), delivery_number=self._count, **_letter())
        settings = mailer_settings(self.url, 1)
        async with a_mailer(settings, lui, sends=False) as mailer:
            delivery_id = await mailer.deliver(fact)

            async def running() -> bool:
                rows = await mailer.rows("SELECT state FROM mailer.deliveries WHERE id = :id", id=delivery_id)
                assert rows[0].state != "failed"
                return bool(rows[0].state == "running")

            await eventually(running, _STAGE_SECONDS)

    def forget(self) -> None:
        """Leave nothing of a delivery to be sent by the next run."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute("UPDATE mailer.deliveries SET state = 'cancelled', finished_at = now()")
            connection.execute("DELETE FROM mailer.chunks")
            connection.execute("CHECKPOINT")

    def active_us(self) -> float:
        """Microseconds that PostgreSQL has spent on statements in this database; sessions that ended are in it."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            row = connection.execute(
                "SELECT active_time * 1000 FROM pg_stat_database WHERE datname = current_database()"
            ).fetchone()
            assert row is not None
            return float(row[0])

    def wal(self) -> int:
        """Octets written to the log so far."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            row = connection.execute("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn").fetchone()
            assert row is not None
            return int(row[0])


def audience_of(count: int) -> Audience:
    """So many recipients with ten fields."""
    rows = []
    for number in range(1, count + 1):
        address = f"person{number}@people.example"
        rows.append((number, address, [address, *(f"value {field} of {number}" for field in range(1, FIELDS + 1))]))
    return Audience(rows)


def _letter() -> dict[str, Any]:
    """What is in the content document besides what every one has."""
    return {"columns": list(_NAMES), "name_column": None, **content()}


def send(ground: Ground, port: int, messages: int, *options: str) -> dict[str, float]:
    """Let one process send what is staged; what it measured."""
    command = [sys.executable, "-m", "tests.bench.engine_process", ground.url, str(port), str(messages), *options]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=_PROCESS_SECONDS)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found


def side_by_side(ground: Ground, messages: int, rounds: int) -> dict[str, list[dict[str, float]]]:
    """smtp-source, ours and ours stubbed, in turns."""
    found: dict[str, list[dict[str, float]]] = {"source": [], "ours": [], "stubbed": []}
    with running_smtp_sink() as port:
        octets = _size(ground)
        for _ in range(rounds):
            rate = smtp_source(port, connections=CONNECTIONS, octets=octets, messages=messages)
            found["source"].append({"rate": rate, "octets": octets})
            for name, options in (("ours", []), ("stubbed", ["--stub"])):
                ground.stage(messages)
                wal, active = ground.wal(), ground.active_us()
                measured = send(ground, port, messages, "--connections", str(CONNECTIONS), *options)
                found[name].append(
                    {
                        **measured,
                        "wal": (ground.wal() - wal) / messages,
                        "database_us": (ground.active_us() - active) / messages,
                    }
                )
                ground.forget()
    return found


def _size(ground: Ground) -> int:
    """Octets of one message as it leaves."""
    settings = mailer_settings(ground.url, 1)
    document = ContentDocument.model_validate(a_document(**_letter()))
    keys = TokenKeys(settings.master_keys())
    message = compile_message(document, Secrets(b"k" * 32, b"p" * 32), origins_of(settings), keys)
    _, address, values = audience_of(1).rows[0]
    first = Recipient(1, address, values)
    return len(message.compose(first, message.tokens([first])[0]).data)


def update_us(ground: Ground) -> float:
    """Microseconds PostgreSQL spends on one UPDATE of one row in a transaction of its own, its commit included."""
    with psycopg.connect(ground.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE bench_rows (id int PRIMARY KEY, state text) WITH (fillfactor = 80)")
        connection.execute("INSERT INTO bench_rows SELECT n, 'queued' FROM generate_series(1, 100000) AS n")
    before = ground.active_us()
    with psycopg.connect(ground.dsn, autocommit=True) as connection:
        for number in range(1, _UPDATES + 1):
            connection.execute("UPDATE bench_rows SET state = 'sent' WHERE id = %s", (number * 40,), prepare=True)
    return (ground.active_us() - before) / _UPDATES


def naive(ground: Ground) -> float:
    """Messages a second of the naive build."""
    with psycopg.connect(ground.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE naive_sent (address text, at timestamptz)")
    people = [dict(zip(_NAMES, values, strict=True)) for _, _, values in audience_of(_NAIVE_MESSAGES).rows]
    with running_smtp_sink() as port:
        return asyncio.run(naive_rate(ground.dsn, port, content(), people))


def back_after_kill(ground: Ground, messages: int, folder: Path) -> float:
    """Seconds from kill -9 of the only sender, and the start of the next, to its first accepted message."""
    with running_sink(folder, reply_delay=0.01) as sink:
        ground.stage(messages)
        with _sending(ground, sink, messages) as first:
            _wait(sink, messages // 10)
            first.kill()
            first.wait()
        killed_at = time.time()
        with _sending(ground, sink, messages):
            # What the kernel still had of the killed one arrives within milliseconds.
            count = _settled(sink)
            _wait(sink, count + 1)
        ground.forget()
        return min(line.at for line in list(sink.lines())[count:]) - killed_at


def _settled(sink: Sink) -> int:
    time.sleep(0.1)
    return sink.accepted


def _wait(sink: Sink, count: int) -> None:
    deadline = time.monotonic() + 60
    while sink.accepted < count:
        assert time.monotonic() < deadline, "nothing is sent"
        time.sleep(0.005)


@contextlib.contextmanager
def _sending(ground: Ground, sink: Sink, messages: int) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "tests.bench.engine_process", ground.url, str(sink.port), str(messages)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def figures(found: dict[str, list[dict[str, float]]], others: dict[str, float], given: dict[str, Any]) -> list[Figure]:
    """Ratios and their goals."""

    def of(name: str, what: str = "rate") -> float:
        return statistics.median(each[what] for each in found[name])

    def paired(name: str, other: str) -> float:
        return statistics.median(a["rate"] / b["rate"] for a, b in zip(found[name], found[other], strict=True))

    made = [
        ("one mailer process, 20 connections", paired("ours", "source"), "x smtp-source -d", ">= 0.7"),
        ("with the ledger, against the ledger stubbed", paired("ours", "stubbed"), "x", ">= 0.9"),
        ("against the naive build", of("ours") / others["naive"], "x", ">= 50"),
        ("database round trips a message", of("ours", "round_trips"), "", "<= 0.15"),
        ("database time a message", of("ours", "database_us") / others["update_us"], "of one UPDATE", "<= 0.05"),
        ("write-ahead log a message", of("ours", "wal"), "octets", "<= 700"),
        ("first message after kill -9", others["back_s"], "s", "<= 2"),
        ("rate of one mailer process", of("ours"), "messages/s", None),
        ("rate of smtp-source", of("source"), "messages/s", None),
        ("processor time of one mailer process", of("ours", "cpu_us"), "us a message", None),
        ("memory of the mailer process", max(each["memory_mb"] for each in found["ours"]), "MB", "<= 150"),
    ]
    return [Figure("engine", figure, value, unit, goal, given) for figure, value, unit, goal in made]


def main() -> int:
    """Measure, say, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    postgres, folder = DurablePostgres(), Path(tempfile.mkdtemp(prefix="tutti-bench-"))
    try:
        postgres.start()
        ground = Ground(postgres, Databases(postgres))
        found = side_by_side(ground, options.messages, options.rounds)
        others = {
            "naive": naive(ground),
            "update_us": update_us(ground),
            "back_s": back_after_kill(ground, min(options.messages, 5_000), folder),
        }
        given = {
            "messages": options.messages, "octets": int(found["source"][0]["octets"]), "connections": CONNECTIONS,
            "rounds": options.rounds,
        }  # fmt: skip
        return exit_status([say(figure) for figure in figures(found, others, given)])
    finally:
        postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
