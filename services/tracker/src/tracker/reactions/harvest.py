"""From lines of a spool to rows as COPY takes them and to counters: what the consumer does for every single hit.

Lines are cut into columns, a batch at a time, and every step runs over whole columns: what many hits share (delivery
and link, program, network, second) is worked out once and looked up for the rest, and no hit becomes an object.

What is known to the millisecond becomes a row each. What may be known to the hour only is gathered: hits that are
alike are one row with their number, until their hour is over (`mixing`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress, repeat
from operator import itemgetter

from common.contracts.lui import TrackingLevel
from tracker.plans.plan import Plan
from tracker.privacy.agents import family_of
from tracker.privacy.rules import HOUR_MS, kept_time
from tracker.reactions.columns import Columns
from tracker.reactions.hits import Asked, Askers, Hits, Seconds, Target, Targets
from tracker.reactions.networks import network_classes
from tracker.tallies.rules import Movements, Tallying, milliseconds

Acceptances = Mapping[tuple[int, int], int]
"""When the next server took a message, in milliseconds since 1970, by delivery and ordinal."""

_EARLIEST_MS = 1_577_836_800_000
"""2020: there was nothing to track before."""
_AHEAD_MS = 86_400_000
_LONGEST_DELAY_MS = 86_400_000
_CLOCKS_DIFFER_MS = 60_000
_REMEMBERED = 20_000
_NO_DELAY = r"\N"


@dataclass(slots=True)
class Harvest:
    """What a batch comes to."""

    rows: list[str] = field(default_factory=list)
    """As COPY takes them, without their places."""
    gathered: list[str] = field(default_factory=list)
    """As COPY takes them: what is known to the hour only, with the number of those that are alike."""
    hits: int = 0
    moved: Movements = field(default_factory=Movements)
    pending: dict[tuple[int, str], int] = field(default_factory=dict)
    """By delivery and kind, where it is to be judged again with what else is known: the earliest hit."""
    planless: int = 0


class Harvester:
    """Turns columns of lines into rows and counters, given what is known of their deliveries."""

    def __init__(self, plans: Mapping[int, Plan], accepted: Acceptances, now: datetime) -> None:
        self._accepted = accepted
        self._now_ms = milliseconds(now)
        self._targets = Targets(plans)
        self._askers = Askers()
        self._seconds = Seconds()
        self._tallying = Tallying()
        self._alike: dict[tuple[Target, int, int, Asked], int] = {}
        self._harvest = Harvest()

    def harvest(self, blocks: Iterable[Columns]) -> Harvest:
        """All of these lines."""
        for columns in blocks:
            self._reap(columns)
        self._harvest.moved = self._tallying.moved()
        self._harvest.gathered = [
            f"{self._seconds[at // 1000]}{at % 1000:03}+00\t{target.before}{subject}{target.after}{asked.text}"
            f"{asked.judged}\t{count}\n"
            for (target, subject, at, asked), count in self._alike.items()
        ]
        return self._harvest

    def _reap(self, columns: Columns) -> None:
        keys = zip(columns.letters, columns.deliveries, columns.links, strict=True)
        targets = list(map(self._targets.__getitem__, keys))
        subjects, ats = list(map(int, columns.subjects)), list(map(int, columns.ats))
        agents, networks = columns.agents, columns.networks
        if not _EARLIEST_MS <= min(ats) <= max(ats) <= self._now_ms + _AHEAD_MS:
            ats = [self._bounded(at, target) for at, target in zip(ats, targets, strict=True)]
        if any(target.is_forgotten for target in set(targets)):
            subjects, ats, agents, networks = _as_at_blind(targets, subjects, ats, agents, networks)
        classes = network_classes(networks)
        askers = list(map(self._askers.__getitem__, zip(columns.methods, agents, classes, strict=True)))
        hits = Hits(targets, subjects, ats, askers, columns.counts)
        exact = _exact(hits)
        if any(exact):
            self._write(hits.only(exact), compress(zip(networks, classes, strict=True), exact))
        if not all(exact):
            self._gather(hits.only([not each for each in exact]))
        self._count(hits)
        for memory in (self._askers, self._seconds):
            if len(memory) > _REMEMBERED:
                memory.clear()

    def _write(self, hits: Hits, networks: Iterable[tuple[str, str]]) -> None:
        self._note_pending(hits)
        delays: Iterable[str] = repeat(_NO_DELAY, len(hits.ats))
        if self._accepted:
            delays = map(self._delay, hits.targets, hits.subjects, hits.ats)
        seconds = map(self._seconds.__getitem__, [at // 1000 for at in hits.ats])
        rows = [
            f"{second}{at % 1000:03}+00\t{target.before}{subject}{target.after}{asked.text}"
            f"{network if network.isprintable() else ''}\t{known}\t{delay}\t{asked.judged}"
            for second, at, target, subject, asked, (network, known), delay in zip(
                seconds, hits.ats, hits.targets, hits.subjects, hits.askers, networks, delays, strict=True
            )
        ]
        if max(hits.counts) > 1:
            rows = [row for row, count in zip(rows, hits.counts, strict=True) for _ in range(count)]
        self._harvest.rows += rows

    def _gather(self, hits: Hits) -> None:
        alike = self._alike
        keys = zip(hits.targets, hits.subjects, hits.ats, hits.askers, strict=True)
        for key, count in zip(keys, hits.counts, strict=True):
            alike[key] = alike.get(key, 0) + count

    def _count(self, hits: Hits) -> None:
        self._harvest.hits += sum(hits.counts)
        periods = [at // target.period_ms for at, target in zip(hits.ats, hits.targets, strict=True)]
        keys = zip(hits.targets, periods, [asked.judgement for asked in hits.askers], strict=True)
        tallied: Counter[tuple[Target, int, str]] = Counter()
        if max(hits.counts) == 1:
            tallied.update(keys)
        else:
            for key, count in zip(keys, hits.counts, strict=True):
                tallied[key] += count
        for (target, period, judgement), count in tallied.items():
            if target.thing is None:
                self._harvest.planless += count
            else:
                self._tallying.count(target.thing, period, judgement, count)
        see = self._tallying.see
        for target, subject, at, asked, count in zip(
            hits.targets, hits.subjects, hits.ats, hits.askers, hits.counts, strict=True
        ):
            if subject and (thing := target.remembered) is not None:
                see(thing, subject, at, asked.is_machine, count)

    def _note_pending(self, hits: Hits) -> None:
        """These are to be judged again when more is known."""
        pending = self._harvest.pending
        # Of what has the same key the last one stays: the earliest.
        for target, at_ms in dict(sorted(zip(hits.targets, hits.ats, strict=True), key=_at, reverse=True)).items():
            key = (target.number, target.kind)
            if target.is_personal and at_ms < pending.get(key, at_ms + 1):
                pending[key] = at_ms

    def _delay(self, target: Target, subject: int, at_ms: int) -> str:
        accepted = self._accepted.get((target.number, subject))
        delay = None if accepted is None else delay_of(at_ms, accepted)
        return _NO_DELAY if delay is None else str(delay)

    def _bounded(self, at_ms: int, target: Target) -> int:
        """A clock was far off: what comes from far ahead happened now, what is older than Tutti at its beginning."""
        if _EARLIEST_MS <= at_ms <= self._now_ms + _AHEAD_MS:
            return at_ms
        bounded = min(max(at_ms, _EARLIEST_MS), self._now_ms)
        return kept_time(target.plan.level if target.plan else TrackingLevel.BLIND, bounded)


_at = itemgetter(1)


def _exact(hits: Hits) -> Sequence[bool]:
    """Of which hits more than the hour may be known. Without a plan nobody knows; their time says what was promised."""
    if all(target.is_personal for target in set(hits.targets)) and 0 not in hits.subjects:
        return [True] * len(hits.targets)
    return [
        target.is_personal and subject > 0 if target.plan else at % HOUR_MS > 0
        for target, subject, at in zip(hits.targets, hits.subjects, hits.ats, strict=True)
    ]


def _as_at_blind(
    targets: Sequence[Target],
    subjects: Sequence[int],
    ats: Sequence[int],
    agents: Sequence[str],
    networks: Sequence[str],
) -> tuple[list[int], list[int], list[str], list[str]]:
    """The columns with nobody known where recipients were forgotten."""
    gone = [target.is_forgotten for target in targets]
    return (
        [0 if forgotten else subject for forgotten, subject in zip(gone, subjects, strict=True)],
        [kept_time(TrackingLevel.BLIND, at) if forgotten else at for forgotten, at in zip(gone, ats, strict=True)],
        [family_of(agent) if forgotten else agent for forgotten, agent in zip(gone, agents, strict=True)],
        ["" if forgotten else network for forgotten, network in zip(gone, networks, strict=True)],
    )


def delay_of(at_ms: int, accepted_ms: int) -> int | None:
    """Milliseconds between acceptance and a hit, as far as they say anything.

    Clocks of two machines differ a little. A hit from long before belongs to another copy of the message, or to data
    that were brought in from elsewhere.
    """
    delay = at_ms - accepted_ms
    return max(0, delay) if -_CLOCKS_DIFFER_MS <= delay < _LONGEST_DELAY_MS else None
