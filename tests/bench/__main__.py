"""`make bench`: every benchmark, one after the other, and one table at the end. Writes nothing into the tree.

    python -m tests.bench [BENCH …]

Whatever a benchmark prints goes through; its figures are lines of JSON, so the output of all of this is what
`python -m tests.bench.page` makes docs/benchmarks.md of.
"""

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

BENCHES = (
    "wire",
    "composing",
    "signing",
    "pacing",
    "bounces",
    "engine",
    "mailing",
    "tracker_speed",
    "reaction_audience",
    "ingest",
    "reports",
)


def run(bench: str) -> tuple[list[dict[str, Any]], int]:
    """One benchmark; its figures and its exit status."""
    sys.stdout.write(f"\n== {bench}\n")
    sys.stdout.flush()
    figures = []
    command = [sys.executable, "-m", f"tests.bench.{bench}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if (figure := figure_of(line)) is not None:
                figures.append(figure)
    return figures, process.returncode


def figure_of(line: str) -> dict[str, Any] | None:
    """The figure that a line of output states, if it does."""
    if not line.startswith("{"):
        return None
    try:
        said = json.loads(line)
    except json.JSONDecodeError:
        return None
    return said if isinstance(said, dict) and {"bench", "figure", "value", "unit"} <= said.keys() else None


def table(figures: list[dict[str, Any]]) -> str:
    """One line a figure."""
    words = {True: "good", False: "MISSED", None: ""}
    return "".join(
        f"  {each['bench']:<10} {each['figure']:<58} {each['value']:>12,.6g} {each['unit']:<22}"
        f" {each.get('goal') or '':<10} {words[each.get('good')]}\n"
        for each in figures
    )


def main() -> int:
    """Run those named, or all there are; 1 when one fails or misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=", ".join(BENCHES))
    wanted = parser.parse_args().benches or [name for name in BENCHES if find_spec(f"tests.bench.{name}")]
    figures: list[dict[str, Any]] = []
    failed = []
    for bench in wanted:
        found, status = run(bench)
        figures += found
        if status:
            failed.append(bench)
    sys.stdout.write("\n" + table(figures))
    if failed:
        sys.stdout.write(f"\nnot good: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
