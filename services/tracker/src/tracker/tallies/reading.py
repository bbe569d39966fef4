"""What reports read of the counters: few rows by their keys, never a raw reaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Pair = tuple[int, int]
"""Delivery and link number."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Counters of one kind in some deliveries, of some links and one part, in a stretch of time."""

    kind: str
    numbers: tuple[int, ...]
    pairs: tuple[Pair, ...] | None = None
    """None: every link."""
    part: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Reactions to one link, by judgement."""

    delivery_number: int
    link_number: int
    part: str
    judgement: str
    count: int


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """Reactions within one period, by judgement."""

    start: datetime
    judgement: str
    count: int


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Different recipients."""

    people: int
    humans: int


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """Different recipients by the period of their first reaction (humans: of their first as a person)."""

    start: datetime
    people: int
    humans: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One recipient (at anonymous: one profile) and how they reacted."""

    subject: int
    first_at: datetime
    first_human_at: datetime | None
    hits: int


_FIRSTS = """
    SELECT min(s.first_at) AS at, min(s.first_human_at) AS human_at
    FROM tracker.seen AS s
    JOIN unnest(CAST(:deliveries AS bigint[]), CAST(:links AS integer[])) AS w(delivery, link)
        ON s.delivery_number = w.delivery AND s.link_number = w.link
    WHERE s.kind = :kind AND s.delivery_number = ANY(CAST(:numbers AS bigint[]))
    GROUP BY s.delivery_number, s.subject
"""
"""Every recipient once a delivery, with when they reacted first."""


class TallyReader:
    """Reads counters; nothing is locked and nothing moves."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_link(self, wanted: Selection) -> Sequence[LinkCount]:
        """Sums by delivery, link, part and judgement."""
        is_timed = wanted.start is not None or wanted.end is not None
        where, values = _where(wanted, is_timed=is_timed)
        table = "tallies" if is_timed else "totals"
        rows = await self._session.execute(
            text(
                f"SELECT delivery_number, link_number, part, judgement, sum(count) FROM tracker.{table}"  # noqa: S608
                f" WHERE {where} GROUP BY delivery_number, link_number, part, judgement"
            ),
            values,
        )
        return [LinkCount(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]

    async def by_period(self, wanted: Selection) -> Sequence[PeriodCount]:
        """Sums by period and judgement, in order of time."""
        where, values = _where(wanted, is_timed=True)
        rows = await self._session.execute(
            text(
                "SELECT period_start, judgement, sum(count) FROM tracker.tallies"  # noqa: S608
                f" WHERE {where} GROUP BY period_start, judgement ORDER BY period_start"
            ),
            values,
        )
        return [PeriodCount(row[0], row[1], int(row[2])) for row in rows]

    async def counted_people(self, wanted: Selection) -> dict[Pair, PeopleCount]:
        """Different recipients by delivery and counter, who reacted for the first time within the stretch of time.

        What nobody reacted to is left out.
        """
        is_timed = wanted.start is not None or wanted.end is not None
        table = "firsts" if is_timed else "people"
        within = _within("c.period_start", wanted) if is_timed else "true"
        rows = await self._session.execute(
            text(
                "SELECT c.delivery_number, c.link_number, sum(c.people), sum(c.humans)"  # noqa: S608
                f" FROM tracker.{table} AS c"
                " JOIN unnest(CAST(:deliveries AS bigint[]), CAST(:links AS integer[])) AS w(delivery, link)"
                " ON c.delivery_number = w.delivery AND c.link_number = w.link"
                f" WHERE c.kind = :kind AND {within} GROUP BY c.delivery_number, c.link_number"
            ),
            {"kind": wanted.kind, **_columns(dict.fromkeys(wanted.pairs or ())), **_bounds(wanted)},
        )
        return {(row[0], row[1]): PeopleCount(int(row[2]), int(row[3])) for row in rows}

    async def first_seen(self, wanted: Selection) -> Sequence[FirstSeen]:
        """How many recipients reacted for the first time in which period; every pair has a counter of its own."""
        rows = await self._session.execute(
            text(
                "SELECT f.period_start, sum(f.people), sum(f.humans) FROM tracker.firsts AS f"  # noqa: S608
                " JOIN unnest(CAST(:deliveries AS bigint[]), CAST(:links AS integer[])) AS w(delivery, link)"
                " ON f.delivery_number = w.delivery AND f.link_number = w.link"
                f" WHERE f.kind = :kind AND {_within('f.period_start', wanted)} GROUP BY 1 ORDER BY 1"
            ),
            {"kind": wanted.kind, **_columns(wanted.pairs or ()), **_bounds(wanted)},
        )
        return [FirstSeen(row[0], int(row[1]), int(row[2])) for row in rows]

    async def first_seen_in_any(self, wanted: Selection) -> Sequence[FirstSeen]:
        """The same for recipients who reacted to any of the pairs: no counter knows them, so they are looked at."""
        rows = await self._session.execute(
            text(
                f"WITH firsts AS ({_FIRSTS}), moves AS ("  # noqa: S608
                "  SELECT at AS moved_at, 1 AS people, 0 AS humans FROM firsts"
                "  UNION ALL SELECT human_at, 0, 1 FROM firsts WHERE human_at IS NOT NULL)"
                " SELECT date_bin('15 minutes', moved_at, 'epoch'), sum(people), sum(humans) FROM moves"
                f" WHERE {_within('moved_at', wanted)} GROUP BY 1 ORDER BY 1"
            ),
            {
                "kind": wanted.kind,
                "numbers": list(wanted.numbers),
                **_columns(wanted.pairs or ()),
                **_bounds(wanted),
            },
        )
        return [FirstSeen(row[0], int(row[1]), int(row[2])) for row in rows]

    async def page_of_seen(self, wanted: Selection, *, humans_only: bool, after: int, limit: int) -> Sequence[Seen]:
        """Recipients of ONE delivery in order of their numbers, from the one following `after`."""
        [number] = wanted.numbers
        links = [link for delivery, link in wanted.pairs or () if delivery == number]
        within = _within("first_human_at" if humans_only else "first_at", wanted)
        # The first rows of every link hold the first rows of all of them together.
        rows = await self._session.execute(
            text(
                "SELECT subject, min(first_at), min(first_human_at), sum(hits)"  # noqa: S608
                " FROM unnest(CAST(:links AS integer[])) AS wanted(link)"
                " CROSS JOIN LATERAL (SELECT subject, first_at, first_human_at, hits FROM tracker.seen"
                "  WHERE delivery_number = :number AND kind = :kind AND link_number = wanted.link"
                f"  AND subject > :after AND {within} ORDER BY subject LIMIT :limit) AS found"
                " GROUP BY subject ORDER BY subject LIMIT :limit"
            ),
            {
                "links": links,
                "number": number,
                "kind": wanted.kind,
                "after": after,
                "limit": limit,
                **_bounds(wanted),
            },
        )
        return [Seen(row[0], row[1], row[2], int(row[3])) for row in rows]


def _where(wanted: Selection, *, is_timed: bool) -> tuple[str, dict[str, Any]]:
    terms = ["delivery_number = ANY(CAST(:numbers AS bigint[]))", "kind = :kind"]
    values: dict[str, Any] = {"numbers": list(wanted.numbers), "kind": wanted.kind}
    if wanted.pairs is not None:
        terms.append(
            "(delivery_number, link_number) IN"
            " (SELECT * FROM unnest(CAST(:deliveries AS bigint[]), CAST(:links AS integer[])))"
        )
        values |= _columns(wanted.pairs)
    if wanted.part is not None:
        terms.append("part = :part")
        values["part"] = wanted.part
    if is_timed:
        terms.append(_within("period_start", wanted))
        values |= _bounds(wanted)
    return " AND ".join(terms), values


def _within(column: str, wanted: Selection) -> str:
    terms = [f"{column} IS NOT NULL"]
    if wanted.start is not None:
        terms.append(f"{column} >= :start")
    if wanted.end is not None:
        terms.append(f"{column} < :end")
    return "(" + " AND ".join(terms) + ")"


def _bounds(wanted: Selection) -> dict[str, Any]:
    given = {"start": wanted.start, "end": wanted.end}
    return {name: at for name, at in given.items() if at is not None}


def _columns(pairs: Iterable[Pair]) -> dict[str, list[int]]:
    listed = list(pairs)
    return {"deliveries": [delivery for delivery, _ in listed], "links": [link for _, link in listed]}
