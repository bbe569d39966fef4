"""Compare a coverage report with the floors of the house.

    python deploy/ci/check_coverage.py coverage.json

Branches count. Rules and contracts: 100 %. Every package: 90 %.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

FLOOR = 90.0
PACKAGES = ("common", "hub", "lui", "tracker", "mailer", "local_stack")


def _is_pure(path: Path) -> bool:
    return path.stem == "rules" or "rules" in path.parts or "contracts" in path.parts


def _share(counts: list[tuple[int, int]]) -> float:
    covered, of = sum(pair[0] for pair in counts), sum(pair[1] for pair in counts)
    return 100.0 * covered / of if of else 100.0


def problems(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> list[str]:
    """What is below its floor, in words."""
    packages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found = []
    for name, entry in report["files"].items():
        path, summary = Path(name), entry["summary"]
        counts = (
            summary["covered_lines"] + summary["covered_branches"],
            summary["num_statements"] + summary["num_branches"],
        )
        package = next((part for part in path.parts if part in PACKAGES and "src" in path.parts), None)
        if package is None:
            continue
        packages[package].append(counts)
        if _is_pure(path) and counts[0] < counts[1]:
            found.append(f"{name}: {_share([counts]):.1f} %, rules and contracts want 100 %")
    for package, files in sorted(packages.items()):
        sys.stdout.write(f"  {package:<12} {_share(files):5.1f} %\n")
        if _share(files) < FLOOR:
            found.append(f"{package}: {_share(files):.1f} %, the floor is {FLOOR:.0f} %")
    return found


def main() -> int:
    """Judge; returns the exit status."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = problems(report)
    for line in found:
        sys.stderr.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
