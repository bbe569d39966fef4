"""Makes docs/benchmarks.md of what `make bench` and `make soak` printed.

make bench | tee /tmp/bench.txt; make soak | tee -a /tmp/bench.txt
python -m tests.bench.page /tmp/bench.txt > docs/benchmarks.md
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.__main__ import figure_of

_HEAD = """# Benchmarks

Every number here was printed by a command of this repository and put here by another; none is written by hand.
Ratios are measured side by side in one run, because absolute rates depend on the machine; the goal says what the
ratio must be. Why a goal is missed, and what was tried, stands in the decisions
[47](decisions/0047-the-wire-is-a-state-machine.md),
[49](decisions/0049-permission-is-asked-in-groups-ahead-of-the-wire.md),
[52](decisions/0052-intake-speaks-http-itself.md) and
[53](decisions/0053-hits-are-counted-by-ranges-and-judged-again.md).

```
make bench | tee /tmp/bench.txt          # the figures
make soak | tee -a /tmp/bench.txt        # the storms
python -m tests.bench.page /tmp/bench.txt > docs/benchmarks.md
```
"""
_WORDS = {True: "met", False: "**missed**", None: ""}


def page(lines: Iterable[str]) -> str:
    """The whole page. A figure that was printed twice counts as it was last."""
    figures: dict[tuple[str, str], dict[str, Any]] = {}
    storms: dict[str, dict[str, Any]] = {}
    for line in lines:
        if (figure := figure_of(line)) is not None:
            figures[figure["bench"], figure["figure"]] = figure
        elif (storm := _storm_of(line)) is not None:
            storms[storm["storm"]] = storm
    parts = [_HEAD, _machine([*figures.values(), *storms.values()])]
    by_bench: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for figure in figures.values():
        by_bench[figure["bench"]].append(figure)
    parts += [_section(bench, found) for bench, found in by_bench.items()]
    if storms:
        parts.append(_storms(list(storms.values())))
    return "\n".join(part for part in parts if part)


def _storm_of(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line) if line.startswith('{"storm"') else None
    except json.JSONDecodeError:
        return None
    return said if isinstance(said, dict) else None


def _machine(found: list[dict[str, Any]]) -> str:
    machines = [each["machine"] for each in found if "machine" in each]
    if not machines:
        return ""
    last = machines[-1]
    days = sorted({str(each["at"])[:10] for each in machines})
    return (
        f"Measured {' and '.join(dict.fromkeys((days[0], days[-1])))} on {last['cores']} cores of {last['processor']},"
        f" Python {last['python']}.\n"
    )


def _section(bench: str, figures: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"| {each['figure']} | {each['value']:,.4g} {each['unit']} | {_goal(each)} | {_WORDS[each.get('good')]} |"
        f" {_conditions(each)} |\n"
        for each in figures
    )
    return f"## {bench.capitalize()}\n\n| figure | value | goal | | conditions |\n|---|---|---|---|---|\n{rows}"


def _goal(figure: dict[str, Any]) -> str:
    return str(figure.get("goal") or "").replace(">=", "≥").replace("<=", "≤")


def _conditions(found: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in (found.get("conditions") or {}).items())


def _storms(storms: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"| {each['storm']} | {_numbers(each)} | {_WORDS[not each['wrong']]} | {_conditions(each)} |\n"
        for each in storms
    )
    return (
        "## Storms\n\nAt the end of each, what the receiver took, the ledger and the report are equal to the unit.\n\n"
        f"| storm | result | | conditions |\n|---|---|---|---|\n{rows}"
    )


def _numbers(storm: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in storm["numbers"].items())


def main() -> int:
    """Read the output, print the page; 1 when it holds no figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    made = page(parser.parse_args().output.read_text(encoding="utf-8").splitlines())
    sys.stdout.write(made)
    return 0 if "| " in made else 1


if __name__ == "__main__":
    sys.exit(main())
