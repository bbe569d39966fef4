"""Which reactions wait to be judged, and writing down how they were."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import TrackingLevel
from tracker.plans.plan import Plan
from tracker.reactions.gathering import EVERYTHING
from tracker.reactions.models import JudgingRow
from tracker.reactions.rules import MACHINES, RULES_VERSION, Verdict
from tracker.tallies.rules import PROFILE_SHIFT, instant

SETTLE_AFTER = timedelta(minutes=2)
"""So long after it came in a hit is judged again: acceptance and neighbours are known by then."""

_NOTE = text("""
    INSERT INTO tracker.judgings AS j
        (delivery_number, kind, rules_version, is_whole, pending_from, pending_place, due_at)
    SELECT number, kind, :version, false, pending, 0, CASE WHEN pending IS NOT NULL THEN CAST(:due AS timestamptz) END
    FROM unnest(CAST(:numbers AS bigint[]), CAST(:kinds AS text[]), CAST(:pending AS timestamptz[]))
        AS new(number, kind, pending)
    ON CONFLICT (delivery_number, kind) DO UPDATE SET
        pending_place = CASE WHEN j.pending_from < excluded.pending_from THEN j.pending_place ELSE 0 END,
        pending_from = least(j.pending_from, excluded.pending_from),
        due_at = coalesce(j.due_at, excluded.due_at)
    WHERE excluded.pending_from IS NOT NULL
""")
_REQUEST = text("""
    INSERT INTO tracker.judgings AS j
        (delivery_number, kind, rules_version, is_whole, pending_from, pending_place, due_at)
    SELECT DISTINCT delivery_number, kind, 1, true, CAST(:beginning AS timestamptz), 0, CAST(:now AS timestamptz)
    FROM tracker.totals WHERE :all OR delivery_number = ANY(CAST(:numbers AS bigint[]))
    ORDER BY delivery_number, kind
    ON CONFLICT (delivery_number, kind) DO UPDATE SET
        is_whole = true, pending_from = excluded.pending_from, pending_place = 0, due_at = excluded.due_at
    RETURNING delivery_number
""")
_REACTIONS = text("""
    SELECT place, at, subject, link_number, method, agent, network, delay_ms, judgement, rule
    FROM tracker.reactions
    WHERE delivery_number = :number AND kind = :kind AND (at, place) >= (:at, :place)
    ORDER BY at, place LIMIT :limit
""")
_JUDGE = text("""
    UPDATE tracker.reactions AS r
    SET judgement = k.judgement, rule = k.rule, rules_version = :version, delay_ms = k.delay
    FROM unnest(CAST(:ats AS timestamptz[]), CAST(:places AS bigint[]), CAST(:judgements AS text[]),
        CAST(:rules AS text[]), CAST(:delays AS integer[])) AS k(at, place, judgement, rule, delay)
    WHERE r.delivery_number = :number AND r.kind = :kind AND r.at = k.at AND r.place = k.place
    RETURNING 1
""")
_FIRST_HUMANS = """
    SELECT link_number, subject, min(at) FROM {reactions} AS r
    WHERE delivery_number = :number AND kind = :kind AND at >= :since AND subject <> 0
        AND {who} = ANY(CAST(:subjects AS bigint[])) AND NOT judgement = ANY(CAST(:machines AS text[]))
    GROUP BY link_number, subject
"""
_KEPT = "delivery_number, kind, at, subject, link_number, judgement"
_WITH_GATHERED = f"(SELECT {_KEPT} FROM tracker.reactions UNION ALL SELECT {_KEPT} FROM ({EVERYTHING}) AS g)"  # noqa: S608
_OF_PERSONS = text(_FIRST_HUMANS.format(reactions="tracker.reactions", who="subject"))
_OF_PEOPLE = text(_FIRST_HUMANS.format(reactions=_WITH_GATHERED, who="subject"))
_OF_PROFILES = text(_FIRST_HUMANS.format(reactions=_WITH_GATHERED, who=f"(subject >> {PROFILE_SHIFT})"))


class ReactionsMoved(RuntimeError):
    """Reactions were moved by somebody else between reading and judging them; it has to be done again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Reactions of one kind of a delivery that wait to be judged."""

    delivery_number: int
    kind: str
    begin: datetime
    place: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A reaction as it is kept, as far as judging needs it."""

    place: int
    at: datetime
    subject: int
    link_number: int
    method: str
    agent: str
    network: str
    delay_ms: int | None
    judgement: str
    rule: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A reaction and what is thought of it now."""

    kept: Kept
    verdict: Verdict
    delay_ms: int | None

    @property
    def differs(self) -> bool:
        """Whether that is not what is kept."""
        kept = self.kept
        return (kept.judgement, kept.rule, kept.delay_ms) != (
            self.verdict.judgement.value,
            self.verdict.rule.value,
            self.delay_ms,
        )


class JudgingRepository:
    """How far reactions were judged."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, pending: Mapping[tuple[int, str], int | None], *, due_at: datetime) -> None:
        """Reactions came in; those from an instant on (milliseconds) are to be judged again, None: none of them."""
        keys = sorted(pending)
        froms = [None if (at_ms := pending[key]) is None else instant(at_ms) for key in keys]
        numbers, kinds = [number for number, _ in keys], [kind for _, kind in keys]
        await self._session.execute(
            _NOTE, {"numbers": numbers, "kinds": kinds, "pending": froms, "due": due_at, "version": RULES_VERSION}
        )

    async def request(self, numbers: Collection[int] | None, *, now: datetime) -> int:
        """All reactions of these deliveries (None: of all there are) wait from now on; returns of how many."""
        values = {"numbers": sorted(numbers or ()), "all": numbers is None, "now": now, "beginning": instant(0)}
        rows = await self._session.scalars(_REQUEST, values)
        return len(set(rows))

    async def next_due(self, *, now: datetime) -> Pending | None:
        """What has waited longest, locked; None: nothing is due that nobody else is at."""
        row = await self._session.scalar(
            select(JudgingRow)
            .where(JudgingRow.due_at <= now)
            .order_by(JudgingRow.due_at, JudgingRow.delivery_number, JudgingRow.kind)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None or row.pending_from is None:
            return None
        return Pending(row.delivery_number, row.kind, row.pending_from, row.pending_place, row.is_whole)

    async def advance(self, pending: Pending, following: tuple[datetime, int] | None, *, now: datetime) -> None:
        """Judged up to here; None: all of it."""
        values: dict[str, Any] = {"judged_at": now, "pending_from": None, "pending_place": 0, "due_at": None}
        if following is not None:
            values |= {"pending_from": following[0], "pending_place": following[1], "due_at": now}
        elif pending.is_whole:
            values |= {"rules_version": RULES_VERSION, "is_whole": False}
        await self._session.execute(
            update(JudgingRow)
            .where(JudgingRow.delivery_number == pending.delivery_number, JudgingRow.kind == pending.kind)
            .values(**values)
        )

    async def reactions(self, pending: Pending, begin: tuple[datetime, int], *, limit: int) -> Sequence[Kept]:
        """Reactions in order of time, from an instant and a place on."""
        values = {"number": pending.delivery_number, "kind": pending.kind, "limit": limit}
        rows = await self._session.execute(_REACTIONS, {**values, "at": begin[0], "place": begin[1]})
        return [Kept(*row) for row in rows]

    async def write(self, pending: Pending, judged: Sequence[Judged]) -> None:
        """Write new judgements down. Raises ReactionsMoved."""
        if not judged:
            return
        rows = await self._session.execute(
            _JUDGE,
            {
                "number": pending.delivery_number,
                "kind": pending.kind,
                "version": RULES_VERSION,
                "ats": [each.kept.at for each in judged],
                "places": [each.kept.place for each in judged],
                "judgements": [each.verdict.judgement.value for each in judged],
                "rules": [each.verdict.rule.value for each in judged],
                "delays": [each.delay_ms for each in judged],
            },
        )
        if len(rows.all()) != len(judged):
            raise ReactionsMoved(f"delivery {pending.delivery_number}, {pending.kind}")

    async def first_humans(
        self, plan: Plan, kind: str, subjects: Collection[int], since: datetime
    ) -> Sequence[tuple[int, int, datetime]]:
        """`(link, subject, earliest)` of reactions judged a human's."""
        levels = {TrackingLevel.ANONYMOUS: _OF_PROFILES, TrackingLevel.PERSONAL: _OF_PERSONS}
        statement = levels.get(plan.level, _OF_PEOPLE)
        values = {"number": plan.delivery_number, "kind": kind, "since": since}
        lists = {"subjects": sorted(subjects), "machines": sorted(MACHINES)}
        rows = await self._session.execute(statement, {**values, **lists})
        return [(row[0], row[1], row[2]) for row in rows]

    async def rules_in_force(self, numbers: Collection[int]) -> int:
        """The oldest set of rules by which any reaction of these deliveries may have been judged."""
        oldest = select(func.min(JudgingRow.rules_version)).where(JudgingRow.delivery_number.in_(numbers))
        return await self._session.scalar(oldest) or RULES_VERSION
