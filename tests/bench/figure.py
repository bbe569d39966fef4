"""One measured number: said on a line for programs, judged against its goal."""

import json
import operator
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_COMPARE: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True)
class Figure:
    """A number with its goal (`>= 1.0`, `<= 150`) and what it was measured under."""

    bench: str
    figure: str
    value: float
    unit: str
    goal: str | None = None
    conditions: dict[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool | None:
        """Whether the goal is met; None without one."""
        if self.goal is None:
            return None
        comparison, limit = self.goal.split()
        return _COMPARE[comparison](self.value, float(limit))


def say(figure: Figure) -> Figure:
    """Print it as one line of JSON."""
    said = {**asdict(figure), "value": rounded(figure.value), "good": figure.good, "machine": machine()}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    return figure


def rounded(value: float) -> float:
    """Three digits that mean something."""
    return float(f"{value:.4g}")


def exit_status(figures: list[Figure]) -> int:
    """1 when a goal is missed."""
    return 1 if any(figure.good is False for figure in figures) else 0


def machine() -> dict[str, Any]:
    """Where and when."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()
