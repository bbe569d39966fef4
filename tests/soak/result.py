"""What a storm came to, said for people and for programs."""

import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.soak.checker import Verdict


@dataclass
class Result:
    """One storm."""

    name: str
    conditions: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing is wrong."""
        return not self.wrong

    def add(self, verdict: Verdict) -> None:
        """What the checker found."""
        self.numbers |= {
            "recipients": verdict.recipients,
            "copies": verdict.copies,
            "lost": verdict.lost,
            "extra": verdict.extra,
        }
        self.wrong += verdict.wrong

    def expect(self, is_so: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
        """Note what is not as it must be."""
        if not is_so:
            self.wrong.append(otherwise)

    def say(self) -> None:
        """One line for people, one for programs."""
        word = "good" if self.is_good else "WRONG"
        numbers = ", ".join(f"{name} {value}" for name, value in self.numbers.items())
        conditions = ", ".join(f"{name} {value}" for name, value in self.conditions.items())
        sys.stdout.write(f"{word:<6}{self.name:<24}{numbers}   ({conditions})\n")
        for each in self.wrong:
            sys.stdout.write(f"      {each}\n")
        sys.stdout.write(json.dumps({"storm": self.name, **asdict(self), "at": time.time(), **machine()}) + "\n")
        sys.stdout.flush()


def machine() -> dict[str, Any]:
    """Where it was measured."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 2)}
