"""From lines of a spool to rows as COPY takes them and to counters: what the consumer does for every single hit.

The loops here run once per hit, so what many hits share (delivery, link, program, network, second) is worked out
once and remembered, and a line is cut but never copied into objects.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from common.contracts.lui import TrackingLevel
from common.contracts.tracker import ReactionsSpooledV1
from tracker.intake.spool.frames import HEAD_LENGTH
from tracker.intake.spool.record import UnreadableRecord, decode
from tracker.plans.plan import Plan
from tracker.privacy.agents import family_of
from tracker.privacy.rules import kept_time
from tracker.reactions.networks import network_class
from tracker.reactions.ranges import Range
from tracker.reactions.rules import RULES_VERSION, judge
from tracker.tallies.rules import Movements, ReactionKind, Tallying, Thing, instant, milliseconds, thing_of

Segment = tuple[str, int]
"""Spool id and number: where offsets mean something."""
Fields = Sequence[str]
"""Offset, version, letter of the kind, delivery, subject, link, milliseconds, method, agent, network."""
Acceptances = Mapping[tuple[int, int], int]
"""When the next server took a message, in milliseconds since 1970, by delivery and ordinal."""

_FIELDS = 10
_VERSION = "1"
_KINDS = {"o": ReactionKind.OPEN, "c": ReactionKind.CLICK, "a": ReactionKind.ACTION}
_EARLIEST_MS = 1_577_836_800_000
"""2020: there was nothing to track before."""
_AHEAD_MS = 86_400_000
_LONGEST_DELAY_MS = 86_400_000
_REMEMBERED = 20_000
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": None})


def cut(batches: Iterable[ReactionsSpooledV1]) -> dict[Segment, dict[Range, Fields]]:
    """Lines by segment and by the octets they take up there. Raises UnreadableRecord."""
    segments: dict[Segment, dict[Range, Fields]] = {}
    for batch in batches:
        lines = segments.setdefault((batch.spool_id, batch.segment), {})
        for line in batch.lines:
            fields = line.split("\t")
            if len(fields) != _FIELDS or fields[1] != _VERSION:
                fields = _decoded(line)
            first = int(fields[0])
            octets = len(line) if line.isascii() else len(line.encode())
            lines[first, first + octets - len(fields[0]) - 1 + HEAD_LENGTH] = fields
    return segments


def _decoded(line: str) -> list[str]:
    offset, _, record = line.partition("\t")
    hit = decode(record)
    facts = (hit.kind.value, hit.delivery_number, hit.subject, hit.link_number, hit.at_ms)
    return [offset, _VERSION, *map(str, facts), hit.method, hit.agent, hit.network]


@dataclass(frozen=True, slots=True, eq=False)
class _Asker:
    """A program on a network, as every hit of it is stored and judged."""

    text: str
    judged: str
    judgement: str
    is_machine: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Target:
    """Something to react to, as every hit on it is stored."""

    number: int
    kind: str
    level: TrackingLevel | None
    thing: Thing | None
    before: str
    after: str
    is_forgotten: bool


@dataclass(slots=True)
class Harvest:
    """What a batch comes to."""

    rows: list[str] = field(default_factory=list)
    """As COPY takes them, without their places."""
    moved: Movements = field(default_factory=Movements)
    pending: dict[tuple[int, str], int] = field(default_factory=dict)
    """By delivery and kind, where it is to be judged again with what else is known: the earliest hit."""
    planless: int = 0


class Harvester:
    """Turns the fields of lines into rows and counters, given what is known of their deliveries."""

    def __init__(self, plans: Mapping[int, Plan], accepted: Acceptances, now: datetime) -> None:
        self._plans = plans
        self._accepted = accepted
        self._now_ms = milliseconds(now)
        self._targets: dict[tuple[str, str, str], _Target] = {}
        self._askers: dict[tuple[str, str, str], _Asker] = {}
        self._seconds: dict[int, str] = {}
        self._tallying = Tallying()
        self._harvest = Harvest()

    def harvest(self, lines: Iterable[Fields]) -> Harvest:
        """All of these lines."""
        rows, add = self._harvest.rows, self._tallying.add
        for _, _, letter, delivery, subject_text, link, at_text, method, agent, network in lines:
            target = self._targets.get((letter, delivery, link)) or self._target(letter, delivery, link)
            subject, at_ms = int(subject_text), int(at_text)
            if not _EARLIEST_MS <= at_ms <= self._now_ms + _AHEAD_MS:
                at_ms = self._bounded(at_ms, target)
            if target.is_forgotten:
                subject, at_ms = 0, kept_time(TrackingLevel.BLIND, at_ms)
                asker = self._asker(method, family_of(agent), "")
            else:
                asker = self._askers.get((method, agent, network)) or self._asker(method, agent, network)
            delay = r"\N"
            if subject and target.level is TrackingLevel.PERSONAL:
                delay = self._note_personal(target, subject, at_ms)
            second, rest = divmod(at_ms, 1000)
            written = self._seconds.get(second) or self._second(second)
            rows.append(
                f"{written}.{rest:03}+00\t{target.before}\t{subject}\t{target.after}\t{asker.text}\t{delay}\t{asker.judged}"
            )
            if target.thing is not None:
                add(target.thing, subject, at_ms, asker.judgement, asker.is_machine)
            else:
                self._harvest.planless += 1
        self._harvest.moved = self._tallying.moved()
        return self._harvest

    def _note_personal(self, target: _Target, subject: int, at_ms: int) -> str:
        """The delay as it is written; notes that the hit is to be judged again when more is known."""
        key = (target.number, target.kind)
        earliest = self._harvest.pending.get(key)
        if earliest is None or at_ms < earliest:
            self._harvest.pending[key] = at_ms
        accepted = self._accepted.get((target.number, subject)) if self._accepted else None
        delay = None if accepted is None else delay_of(at_ms, accepted)
        return r"\N" if delay is None else str(delay)

    def _bounded(self, at_ms: int, target: _Target) -> int:
        """A clock was far off: what comes from far ahead happened now, what is older than Tutti at its beginning."""
        bounded = min(max(at_ms, _EARLIEST_MS), self._now_ms)
        return kept_time(target.level or TrackingLevel.BLIND, bounded)

    def _target(self, letter: str, delivery: str, link: str) -> _Target:
        if letter not in _KINDS:
            raise UnreadableRecord(f"kind {letter!r}")
        number, link_number, kind = int(delivery), int(link), _KINDS[letter]
        plan = self._plans.get(number)
        thing = thing_of(plan, kind, link_number) if plan else None
        target = _Target(
            number=number,
            kind=kind.value,
            level=plan.level if plan else None,
            thing=thing,
            before=f"{number}\t{kind.value}",
            after=f"{link_number}\t{thing.part if thing else ''}",
            is_forgotten=plan is not None and plan.forgotten_at is not None,
        )
        self._targets[letter, delivery, link] = target
        return target

    def _asker(self, method: str, agent: str, network: str) -> _Asker:
        if len(self._askers) >= _REMEMBERED:
            self._askers.clear()
        known = network_class(network)
        verdict = judge(method, agent, known)
        asker = _Asker(
            text="\t".join(each.translate(_ESCAPES) for each in (method, agent, network, known)),
            judged=f"{verdict.judgement.value}\t{verdict.rule.value}\t{RULES_VERSION}",
            judgement=verdict.judgement.value,
            is_machine=verdict.is_machine,
        )
        self._askers[method, agent, network] = asker
        return asker

    def _second(self, second: int) -> str:
        if len(self._seconds) >= _REMEMBERED:
            self._seconds.clear()
        self._seconds[second] = written = instant(second * 1000).strftime("%Y-%m-%d %H:%M:%S")
        return written


def delay_of(at_ms: int, accepted_ms: int) -> int | None:
    """Milliseconds between acceptance and a hit, as far as they say anything; clocks of two machines may differ."""
    delay = max(0, at_ms - accepted_ms)
    return delay if delay < _LONGEST_DELAY_MS else None


def deliveries_of(lines: Iterable[Fields]) -> set[int]:
    """The numbers of the deliveries that lines are about."""
    return {int(number) for number in {fields[3] for fields in lines}}


def recipients_of(lines: Iterable[Fields], deliveries: set[int]) -> Iterator[tuple[int, int]]:
    """Delivery and subject of the lines about some deliveries."""
    wanted = {str(number) for number in deliveries}
    for fields in lines:
        if fields[3] in wanted and fields[4] != "0":
            yield int(fields[3]), int(fields[4])
