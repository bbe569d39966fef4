"""One process of intake beside nginx, and beside what is usually built, in one run.

    python -m tests.bench.tracker_speed [--seconds N] [--rounds N]

100,000 different addresses, three pixels to a link, a browser's headers, 128 kept connections. The contestants take
turns, medians are compared; the load generator (wrk) has one of the machine's cores and the server the other, if there
are two. At the end 10,000 hits a second for a while, from a client that counts from the moment a hit was due. Without
nginx and wrk it says what to install and measures nothing. Prints one line of JSON a figure; exits with 1 when a goal
is missed.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import uvloop

from common.contracts.lui import TrackingLevel
from tests.bench.figure import Figure, exit_status, say
from tests.bench.nginx import ProgramMissing, program, running_nginx
from tests.support.builders.tracker import KEYS, an_entry
from tests.support.durable_engines import DurablePostgres
from tests.support.hitting import Answers, Crowd
from tracker.intake.link_table import LinkTable
from tracker.intake.spool.folder import IntakeFolder

ADDRESSES, CONNECTIONS, LINKS = 100_000, 128, 10
RATE, PACED_CONNECTIONS = 10_000, 64
_LUA = Path(__file__).with_name("tracker_load.lua")
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 30.0

Running = Callable[[], contextlib.AbstractContextManager[tuple[int, int]]]
"""Starts a contestant; gives its port and the process whose processor time counts."""


@dataclass(frozen=True)
class Run:
    """One contestant's turn."""

    rate: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


def a_folder(root: Path, name: str) -> Path:
    """An intake's folder that knows one delivery."""
    data = root / name
    folder = IntakeFolder.claim(data)
    table = LinkTable(folder.links)
    table.add(
        [an_entry(1, TrackingLevel.PERSONAL, [(n, f"https://example.org/{n}", False) for n in range(1, LINKS + 1)])]
    )
    table.close()
    folder.release()
    return data


def addresses(count: int) -> list[str]:
    """Every one of them valid and different."""
    tokens = KEYS.mint_tracking(1, range(1, count + 1))
    return [f"/o/{token}.gif" if at % 4 else f"/c/{token}/{at % LINKS + 1}" for at, token in enumerate(tokens)]


def ours(mode: str, root: Path, *arguments: str) -> Running:
    """A server of `tests.bench.tracker_server`."""

    @contextlib.contextmanager
    def running() -> Iterator[tuple[int, int]]:
        data = a_folder(root, f"{mode}-{len(list(root.iterdir()))}")
        command = [sys.executable, "-m", "tests.bench.tracker_server", mode, str(data), *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            assert process.stdout is not None
            try:
                yield int(next(line for line in process.stdout if line.strip().isdigit())), process.pid
            finally:
                process.terminate()
                process.wait(_START_SECONDS)

    return running


def nginx(root: Path, *, with_log: bool) -> Running:
    """nginx in a folder of its own."""
    return lambda: running_nginx(root / f"nginx-{len(list(root.iterdir()))}", with_log=with_log)


def turn(running: Running, paths: Path, seconds: float) -> Run:
    """A second to get warm, and then so many that count."""
    with running() as (port, pid):
        _wrk(port, paths, 1)
        before = _processor_seconds(pid)
        said = _wrk(port, paths, seconds)
        if said["errors"]:
            raise RuntimeError(f"{said['errors']} requests were not answered")
        used = _processor_seconds(pid) - before
    rate = said["answered"] / said["seconds"]
    return Run(rate, used / said["answered"] * 1e6, said["p50_ms"], said["p99_ms"])


def race(contestants: dict[str, Running], paths: Path, rounds: int, seconds: float) -> dict[str, Run]:
    """The medians."""
    runs: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, running in contestants.items():
            runs[name].append(turn(running, paths, seconds))
    medians = {name: _median(each) for name, each in runs.items()}
    for name, run in medians.items():
        sys.stdout.write(
            f"  {name:34} {run.rate:9,.0f} hits/s {run.cpu_us:7.1f} us CPU a hit   p50 {run.p50_ms:.2f} ms"
            f"  p99 {run.p99_ms:.2f} ms\n"
        )
    return medians


def at_a_rate(root: Path, seconds: float) -> Answers:
    """So many hits a second, whatever is answered."""
    paths = islice(cycle(addresses(ADDRESSES)), int(RATE * seconds))
    with ours("durable", root)() as (port, _):

        async def hit() -> Answers:
            return await Crowd(port, paths, connections=PACED_CONNECTIONS).ask_all(rate=RATE)

        return uvloop.run(hit())


def _median(runs: Sequence[Run]) -> Run:
    def of(name: str) -> float:
        return statistics.median([float(getattr(run, name)) for run in runs])

    return Run(of("rate"), of("cpu_us"), of("p50_ms"), of("p99_ms"))


def _wrk(port: int, paths: Path, seconds: float) -> dict[str, float]:
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", "-s", str(_LUA)]
    command = [program("wrk", "wrk"), *options, f"http://127.0.0.1:{port}", "--", str(paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=seconds + 60)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"wrk: {done.stdout}{done.stderr}")
    said: dict[str, float] = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    return said


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _figures(medians: dict[str, Run], rate: Answers, conditions: dict[str, Any]) -> list[Figure]:
    def ratio(figure: str, of: str, to: str, unit: str, goal: str) -> Figure:
        return Figure("tracker", figure, medians[of].rate / medians[to].rate, unit, goal, conditions)

    paced = {**conditions, "rate": RATE, "connections": PACED_CONNECTIONS, "hits": len(rate.milliseconds)}
    return [
        ratio("token checked, nothing kept", "checked", "nginx", "x nginx", ">= 0.5"),
        ratio("durable before the answer", "durable", "nginx with access log", "x nginx, access log", ">= 0.3"),
        ratio("durable beside one INSERT a hit", "durable", "one INSERT a hit", "x", ">= 10"),
        Figure("tracker", "nginx: CPU of the server", medians["nginx"].cpu_us, "us a hit", None, conditions),
        Figure("tracker", "durable: CPU of the server", medians["durable"].cpu_us, "us a hit", None, conditions),
        Figure("tracker", "checked: CPU of the server", medians["checked"].cpu_us, "us a hit", None, conditions),
        Figure("tracker", "at 10,000 hits/s, half within", rate.percentile(0.5), "ms", "<= 5", paced),
        Figure("tracker", "at 10,000 hits/s, 99 % within", rate.percentile(0.99), "ms", "<= 20", paced),
    ]


def main() -> int:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    try:
        program("nginx", "nginx-light")
        program("wrk", "wrk")
    except ProgramMissing as missing:
        sys.stdout.write(f"{missing}\n")
        return 0
    with contextlib.ExitStack() as opened:
        root = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="tutti-bench-")))
        paths = root / "paths"
        paths.write_text("\n".join(addresses(ADDRESSES)), encoding="ascii")
        postgres = DurablePostgres()
        opened.callback(postgres.remove)
        postgres.start()
        contestants = {
            "nginx": nginx(root, with_log=False),
            "nginx with access log": nginx(root, with_log=True),
            "checked": ours("checked", root),
            "durable": ours("durable", root),
            "one INSERT a hit": ours("insert", root, postgres.dsn()),
        }
        medians = race(contestants, paths, given.rounds, given.seconds)
        rate = at_a_rate(root, 2 * given.seconds)
    conditions = {
        "addresses": ADDRESSES,
        "connections": CONNECTIONS,
        "seconds": given.seconds,
        "rounds": given.rounds,
        "level": "personal",
        "load": "wrk, one thread, on the same machine",
    }
    if set(rate.statuses.values()) - {200, 302} or rate.broken:
        sys.stdout.write("some hits were not answered as they must be\n")
        return 1
    return exit_status([say(figure) for figure in _figures(medians, rate, conditions)])


if __name__ == "__main__":
    sys.exit(main())
