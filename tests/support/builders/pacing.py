"""A pacer on a clock of the test's own, and answers it is told."""

from dataclasses import dataclass, field

from mailer.gateways.rules.pacer import Pacer, Share
from mailer.gateways.rules.results import ACCEPTED, Result

CALM, OTHER = "calm.example", "other.example"


@dataclass(frozen=True)
class Said:
    """A reply."""

    code: int
    text: str = ""


SLOW_DOWN = Result.deferred(Said(421, "4.7.0 too many connections, slow down"))


BLOCKED = Result.refused(Said(550, "5.7.1 your address is blocked by policy"))


UNKNOWN = Result.refused(Said(550, "5.1.1 no such user"))


@dataclass
class Turned:
    """A clock."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Bench:
    """A pacer and its clock."""

    share: Share = field(default_factory=lambda: Share(20))
    is_default: bool = False

    def __post_init__(self) -> None:
        self.clock = Turned()
        self.pacer = Pacer(self.share, clock=self.clock, chance=lambda: 0.5, is_default=self.is_default)

    def admitted(self, destination: str, at_most: int = 1_000) -> int:
        """How many it lets in at this instant."""
        return next((n for n in range(at_most) if not self.pacer.admit(destination)), at_most)

    def pass_through(self, destination: str, result: Result, count: int = 1) -> None:
        """So many messages, one after the other."""
        for _ in range(count):
            assert self.pacer.admit(destination)
            self.pacer.report(destination, result)

    def grown(self, destination: str = CALM) -> None:
        """A destination that has proven to take all there is."""
        self.pass_through(destination, ACCEPTED, 20)
