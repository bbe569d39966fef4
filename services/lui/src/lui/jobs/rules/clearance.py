"""Which problems still stand between a job and its recipients."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Blocking(Protocol):
    """What is read of a problem."""

    @property
    def code(self) -> str:
        """For programs."""

    @property
    def detail(self) -> str:
        """For people."""

    @property
    def can_override(self) -> bool:
        """Whether somebody may take it on."""

    def model_dump(self) -> dict[str, Any]:
        """As a document."""


@dataclass(frozen=True)
class Clearance:
    """Problems that nobody took on, and those somebody did."""

    left: Sequence[Blocking]
    overridden: Sequence[Blocking]


def clearance(problems: Sequence[Blocking], override: Collection[str]) -> Clearance:
    """Sort problems by whether they may be overridden and were; codes of problems that are not there say nothing."""
    taken_on = [problem for problem in problems if problem.can_override and problem.code in override]
    return Clearance([problem for problem in problems if problem not in taken_on], taken_on)
