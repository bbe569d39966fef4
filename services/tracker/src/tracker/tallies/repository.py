"""Moving counters, and reading them for reports."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import TextClause, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from tracker.tallies.models import DeliveryTallyRow, PeopleRow, TallyRow, TotalRow
from tracker.tallies.rules import Movements, Regrouped, TallyKey
from tracker.tallies.seen import SeenRepository
from tracker.tallies.totals import LinkTotal, PeopleTotal, PeriodTotal, Unstated

_STATED_AT_MOST_EVERY = timedelta(seconds=1)

_THING = ("delivery", "kind", "link")
_ADD_TALLIES = text("""
    INSERT INTO tracker.tallies AS t (delivery_number, kind, link_number, period_start, judgement, part, count)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:start AS timestamptz[]), CAST(:judgement AS text[]), CAST(:part AS text[]), CAST(:count AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number, period_start, judgement)
    DO UPDATE SET count = t.count + excluded.count
""")
_ADD_PEOPLE = text("""
    INSERT INTO tracker.people AS p (delivery_number, kind, link_number, people, humans)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:people AS bigint[]), CAST(:humans AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number)
    DO UPDATE SET people = p.people + excluded.people, humans = p.humans + excluded.humans
""")
_ADD_FIRSTS = text("""
    INSERT INTO tracker.firsts AS f (delivery_number, kind, link_number, period_start, people, humans)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:start AS timestamptz[]), CAST(:people AS bigint[]), CAST(:humans AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number, period_start)
    DO UPDATE SET people = f.people + excluded.people, humans = f.humans + excluded.humans
""")
_ADD_TOTALS = text("""
    INSERT INTO tracker.totals AS t (delivery_number, kind, link_number, judgement, part, count)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:judgement AS text[]), CAST(:part AS text[]), CAST(:count AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number, judgement) DO UPDATE SET count = t.count + excluded.count
""")
_ADD_DELIVERIES = text("""
    INSERT INTO tracker.delivery_tallies AS d (delivery_number, opens, clicks, revision, stated_revision)
    SELECT delivery, opens, clicks, 1, 0
    FROM unnest(CAST(:delivery AS bigint[]), CAST(:opens AS bigint[]), CAST(:clicks AS bigint[]))
        AS new(delivery, opens, clicks)
    ON CONFLICT (delivery_number) DO UPDATE
    SET opens = d.opens + excluded.opens, clicks = d.clicks + excluded.clicks, revision = d.revision + 1
""")
_DROP_EMPTY = (
    text("DELETE FROM tracker.tallies WHERE delivery_number = ANY(CAST(:delivery AS bigint[])) AND count = 0"),
    text("DELETE FROM tracker.totals WHERE delivery_number = ANY(CAST(:delivery AS bigint[])) AND count = 0"),
    text(
        "DELETE FROM tracker.firsts WHERE delivery_number = ANY(CAST(:delivery AS bigint[]))"
        " AND people = 0 AND humans = 0"
    ),
)
_REWRITE = (
    text(
        "UPDATE tracker.tallies SET count = count"
        " WHERE delivery_number = :number AND period_start = ANY(CAST(:hours AS timestamptz[]))"
    ),
    text(
        "UPDATE tracker.firsts SET people = people"
        " WHERE delivery_number = :number AND period_start = ANY(CAST(:hours AS timestamptz[]))"
    ),
    text("UPDATE tracker.totals SET count = count WHERE delivery_number = :number"),
    text("UPDATE tracker.people SET people = people WHERE delivery_number = :number"),
)


class TallyRepository:
    """Counters.

    The row of a delivery is moved first and is its lock: whoever waits, waits there and holds nothing else of it.
    Rows are touched in the order of their keys, so two workers never wait for each other in a ring.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, number: int) -> None:
        """Keep everybody else from moving this delivery's counters until the end of the transaction."""
        await self._session.execute(_ADD_DELIVERIES, {"delivery": [number], "opens": [0], "clicks": [0]})

    async def move(self, moved: Movements) -> None:
        """Move every counter as far as was worked out."""
        numbers = sorted({number for number, _ in moved.totals})
        await self._session.execute(
            _ADD_DELIVERIES,
            {
                "delivery": numbers,
                "opens": [moved.totals[number, "open"] for number in numbers],
                "clicks": [moved.totals[number, "click"] for number in numbers],
            },
        )
        await self.add_tallies(moved.tallies)
        await self.regroup(await SeenRepository(self._session).add(moved))

    async def add_tallies(self, tallies: Counter[TallyKey]) -> None:
        """Move tallies and what they add up to."""
        totals: Counter[tuple[int, str, int, str, str]] = Counter()
        for (number, kind, link, _, judgement, part), count in tallies.items():
            totals[number, kind, link, judgement, part] += count
        await self._add(_ADD_TOTALS, (*_THING, "judgement", "part"), {"count": totals})
        await self._add(_ADD_TALLIES, (*_THING, "start", "judgement", "part"), {"count": tallies})

    async def regroup(self, moved: Regrouped) -> None:
        """Move the counters of people."""
        await self._add(_ADD_PEOPLE, _THING, {"people": moved.people, "humans": moved.humans})
        await self._add(_ADD_FIRSTS, (*_THING, "start"), {"people": moved.firsts, "humans": moved.human_firsts})

    async def rewrite(self, number: int, periods: Collection[datetime]) -> None:
        """Write the counters of a delivery and some periods anew as they are: which transaction did it last is said."""
        for statement in _REWRITE:
            await self._session.execute(statement, {"number": number, "hours": sorted(periods)})

    async def drop_empty(self, numbers: Collection[int]) -> None:
        """Remove counters of these deliveries that stand at zero since others judge differently now."""
        for statement in _DROP_EMPTY:
            await self._session.execute(statement, {"delivery": sorted(numbers)})

    async def _add(self, statement: TextClause, names: Sequence[str], counts: Mapping[str, Counter[Any]]) -> None:
        """Add counters that share their keys; where a key is zero in all of them nothing is touched."""
        keys = sorted({key for counter in counts.values() for key, count in counter.items() if count})
        if keys:
            columns = dict(zip(names, map(list, zip(*keys, strict=True)), strict=True))
            values = {name: [counter[key] for key in keys] for name, counter in counts.items()}
            await self._session.execute(statement, {**columns, **values})

    async def link_totals(self, numbers: Collection[int]) -> Sequence[LinkTotal]:
        """Reactions of deliveries by link and judgement."""
        rows = await self._session.scalars(select(TotalRow).where(TotalRow.delivery_number.in_(numbers)))
        return [
            LinkTotal(row.delivery_number, row.kind, row.link_number, row.part, row.judgement, row.count)
            for row in rows
        ]

    async def people_totals(self, numbers: Collection[int]) -> Sequence[PeopleTotal]:
        """Different recipients of deliveries by what they reacted to."""
        rows = await self._session.scalars(select(PeopleRow).where(PeopleRow.delivery_number.in_(numbers)))
        return [PeopleTotal(row.delivery_number, row.kind, row.link_number, row.people, row.humans) for row in rows]

    async def period_totals(self, numbers: Collection[int]) -> Sequence[PeriodTotal]:
        """Reactions of deliveries by period, in order of time."""
        key = (TallyRow.period_start, TallyRow.kind, TallyRow.part, TallyRow.judgement)
        rows = await self._session.execute(
            select(*key, func.sum(TallyRow.count))
            .where(TallyRow.delivery_number.in_(numbers))
            .group_by(*key)
            .order_by(TallyRow.period_start)
        )
        return [PeriodTotal(*row[:4], int(row[4])) for row in rows]

    async def take_unstated(self, *, at: datetime) -> Sequence[Unstated]:
        """Totals that moved and were not stated within the last second; they count as stated now."""
        waiting = (
            select(DeliveryTallyRow.delivery_number)
            .where(
                DeliveryTallyRow.revision > DeliveryTallyRow.stated_revision,
                func.coalesce(DeliveryTallyRow.stated_at <= at - _STATED_AT_MOST_EVERY, True),
            )
            .order_by(DeliveryTallyRow.delivery_number)
            .limit(500)
            .with_for_update(skip_locked=True)
        )
        rows = await self._session.execute(
            update(DeliveryTallyRow)
            .where(DeliveryTallyRow.delivery_number.in_(waiting))
            .values(stated_revision=DeliveryTallyRow.revision, stated_at=at)
            .returning(
                DeliveryTallyRow.delivery_number,
                DeliveryTallyRow.opens,
                DeliveryTallyRow.clicks,
                DeliveryTallyRow.revision,
            )
        )
        return [Unstated(*row) for row in rows]
