"""What many hits of a batch share, worked out once and looked up for the rest, and hits as columns of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from common.contracts.lui import TrackingLevel
from tracker.intake.spool.record import UnreadableRecord
from tracker.plans.plan import Plan
from tracker.reactions.rules import RULES_VERSION, judge
from tracker.tallies.rules import ReactionKind, Remembered, Thing, instant, thing_of

_KINDS = {"o": ReactionKind.OPEN, "c": ReactionKind.CLICK, "a": ReactionKind.ACTION}
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Something to react to, as every hit on it is stored."""

    number: int
    kind: str
    plan: Plan | None
    thing: Thing | None
    period_ms: int
    before: str
    after: str
    is_personal: bool
    is_forgotten: bool
    remembered: Thing | None
    """The thing, where whoever reacts to it is remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Who asked, as every such hit is stored and judged."""

    text: str
    judged: str
    judgement: str
    is_machine: bool


class Targets(dict[tuple[str, str, str], Target]):
    """By letter, delivery and link. Raises UnreadableRecord for a letter that is none."""

    def __init__(self, plans: Mapping[int, Plan]) -> None:
        self._plans = plans

    def __missing__(self, key: tuple[str, str, str]) -> Target:
        letter, delivery, link = key
        if letter not in _KINDS:
            raise UnreadableRecord(f"kind {letter!r}")
        number, link_number, kind = int(delivery), int(link), _KINDS[letter]
        plan = self._plans.get(number)
        thing = thing_of(plan, kind, link_number) if plan else None
        self[key] = target = Target(
            number=number,
            kind=kind.value,
            plan=plan,
            thing=thing,
            period_ms=thing.period_ms if thing else 1,
            before=f"{number}\t{kind.value}\t",
            after=f"\t{link_number}\t{thing.part if thing else ''}\t",
            is_personal=plan is not None and plan.level is TrackingLevel.PERSONAL,
            is_forgotten=plan is not None and plan.forgotten_at is not None,
            remembered=thing if thing and thing.remembered is not Remembered.NOBODY else None,
        )
        return target


class Askers(dict[tuple[str, str, str], Asked]):
    """By method, agent and class of network."""

    def __missing__(self, key: tuple[str, str, str]) -> Asked:
        method, agent, known = key
        verdict = judge(method, agent, known)
        self[key] = asked = Asked(
            text=f"{method.translate(_ESCAPES)}\t{agent.translate(_ESCAPES)}\t",
            judged=f"{verdict.judgement.value}\t{verdict.rule.value}\t{RULES_VERSION}",
            judgement=verdict.judgement.value,
            is_machine=verdict.is_machine,
        )
        return asked


@dataclass(frozen=True, slots=True)
class Hits:
    """Columns of a block, worked out."""

    targets: Sequence[Target]
    subjects: Sequence[int]
    ats: Sequence[int]
    askers: Sequence[Asked]
    counts: Sequence[int]

    def only(self, wanted: Sequence[bool]) -> "Hits":
        """Some of them."""
        if all(wanted):
            return self
        return Hits(
            list(compress(self.targets, wanted)),
            list(compress(self.subjects, wanted)),
            list(compress(self.ats, wanted)),
            list(compress(self.askers, wanted)),
            list(compress(self.counts, wanted)),
        )


class Seconds(dict[int, str]):
    """By seconds since 1970, as COPY takes them, up to the point."""

    def __missing__(self, second: int) -> str:
        self[second] = written = instant(second * 1000).strftime("%Y-%m-%d %H:%M:%S.")
        return written
