"""Moving counters, and reading them for reports."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from tracker.tallies.models import DeliveryTallyRow, PeopleRow, TallyRow
from tracker.tallies.rules import Movements, SeenKey, Sight, TallyKey
from tracker.tallies.totals import LinkTotal, PeopleTotal, PeriodTotal, Unstated

_STATED_AT_MOST_EVERY = timedelta(seconds=1)

_ADD_TALLIES = text("""
    INSERT INTO tracker.tallies AS t (delivery_number, kind, link_number, period_start, judgement, part, count)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:start AS timestamptz[]), CAST(:judgement AS text[]), CAST(:part AS text[]), CAST(:count AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number, period_start, judgement)
    DO UPDATE SET count = t.count + excluded.count
""")
_ADD_SEEN = text("""
    INSERT INTO tracker.seen AS s (delivery_number, kind, link_number, subject, first_at, first_human_at, hits)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:subject AS bigint[]), CAST(:first AS timestamptz[]), CAST(:human AS timestamptz[]),
        CAST(:hits AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number, subject)
    DO UPDATE SET first_at = least(s.first_at, excluded.first_at), hits = s.hits + excluded.hits
    RETURNING delivery_number, kind, link_number, subject, hits, first_human_at
""")
_ADD_FIRST_HUMAN = text("""
    UPDATE tracker.seen AS s SET first_human_at = new.human
    FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:subject AS bigint[]), CAST(:human AS timestamptz[])) AS new(delivery, kind, link, subject, human)
    WHERE s.delivery_number = new.delivery AND s.kind = new.kind AND s.link_number = new.link
        AND s.subject = new.subject AND s.first_human_at IS NULL
    RETURNING s.delivery_number, s.kind, s.link_number
""")
_ADD_PEOPLE = text("""
    INSERT INTO tracker.people AS p (delivery_number, kind, link_number, people, humans)
    SELECT * FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:people AS bigint[]), CAST(:humans AS bigint[]))
    ON CONFLICT (delivery_number, kind, link_number)
    DO UPDATE SET people = p.people + excluded.people, humans = p.humans + excluded.humans
""")
_ADD_TOTALS = text("""
    INSERT INTO tracker.delivery_tallies AS d (delivery_number, opens, clicks, revision, stated_revision)
    SELECT delivery, opens, clicks, 1, 0
    FROM unnest(CAST(:delivery AS bigint[]), CAST(:opens AS bigint[]), CAST(:clicks AS bigint[]))
        AS new(delivery, opens, clicks)
    ON CONFLICT (delivery_number) DO UPDATE
    SET opens = d.opens + excluded.opens, clicks = d.clicks + excluded.clicks, revision = d.revision + 1
""")


class TallyRepository:
    """Counters. Rows are always touched in the order of their keys: two workers never wait for each other in a ring."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def move(self, moved: Movements) -> None:
        """Move every counter as far as was worked out."""
        await self._add_totals(moved.totals)
        await self._add_tallies(moved.tallies)
        await self._add_seen(moved.seen)

    async def _add_totals(self, totals: Counter[tuple[int, str]]) -> None:
        numbers = sorted({number for number, _ in totals})
        await self._session.execute(
            _ADD_TOTALS,
            {
                "delivery": numbers,
                "opens": [totals[number, "open"] for number in numbers],
                "clicks": [totals[number, "click"] for number in numbers],
            },
        )

    async def _add_tallies(self, tallies: Counter[TallyKey]) -> None:
        keys = sorted(tallies)
        names = ("delivery", "kind", "link", "start", "judgement", "part")
        columns = dict(zip(names, map(list, zip(*keys, strict=True)), strict=True))
        await self._session.execute(_ADD_TALLIES, {**columns, "count": [tallies[key] for key in keys]})

    async def _add_seen(self, seen: dict[SeenKey, Sight]) -> None:
        if not seen:
            return
        keys = sorted(seen)
        rows = await self._session.execute(
            _ADD_SEEN,
            {
                **_key_columns(keys),
                "first": [seen[key].first_at for key in keys],
                "human": [seen[key].first_human_at for key in keys],
                "hits": [seen[key].hits for key in keys],
            },
        )
        found = {(row[0], row[1], row[2], row[3]): (row.hits, row.first_human_at) for row in rows}
        # A row that was there before had hits of its own, so its sum is higher than what came now.
        new = {key for key, (hits, _) in found.items() if hits == seen[key].hits}
        people = Counter(key[:3] for key in new)
        humans = Counter(key[:3] for key in new if seen[key].first_human_at is not None)
        without = [key for key in keys if key not in new and found[key][1] is None and seen[key].first_human_at]
        humans += await self._add_first_human(without, seen)
        await self._add_people(people, humans)

    async def _add_first_human(
        self, keys: Sequence[SeenKey], seen: dict[SeenKey, Sight]
    ) -> Counter[tuple[int, str, int]]:
        """Recipients known before, of whom only machines had been seen so far."""
        if not keys:
            return Counter()
        columns = {**_key_columns(keys), "human": [seen[key].first_human_at for key in keys]}
        rows = await self._session.execute(_ADD_FIRST_HUMAN, columns)
        return Counter((number, kind, link) for number, kind, link in rows)

    async def _add_people(self, people: Counter[tuple[int, str, int]], humans: Counter[tuple[int, str, int]]) -> None:
        keys = sorted(people.keys() | humans.keys())
        if keys:
            columns = dict(zip(("delivery", "kind", "link"), map(list, zip(*keys, strict=True)), strict=True))
            counts = {"people": [people[key] for key in keys], "humans": [humans[key] for key in keys]}
            await self._session.execute(_ADD_PEOPLE, {**columns, **counts})

    async def link_totals(self, numbers: Collection[int]) -> Sequence[LinkTotal]:
        """Reactions of deliveries by link and judgement."""
        key = (TallyRow.delivery_number, TallyRow.kind, TallyRow.link_number, TallyRow.part, TallyRow.judgement)
        rows = await self._session.execute(
            select(*key, func.sum(TallyRow.count)).where(TallyRow.delivery_number.in_(numbers)).group_by(*key)
        )
        return [LinkTotal(*row[:5], int(row[5])) for row in rows]

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


def _key_columns(keys: Sequence[SeenKey]) -> dict[str, list[int] | list[str]]:
    return {
        "delivery": [key[0] for key in keys],
        "kind": [str(key[1]) for key in keys],
        "link": [key[2] for key in keys],
        "subject": [key[3] for key in keys],
    }
