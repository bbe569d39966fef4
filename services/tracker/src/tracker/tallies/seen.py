"""Who was seen when: read, merged and written back by whoever holds the delivery's lock."""

import sys
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tracker.driver import copy_text
from tracker.tallies.rules import Movements, Regrouped, Remembered, SeenKey, Sight, Thing

_KEYS = (
    "unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]), CAST(:subject AS bigint[]))"
    " AS k(delivery, kind, link, subject)"
)
_SAME = "s.delivery_number = k.delivery AND s.kind = k.kind AND s.link_number = k.link AND s.subject = k.subject"
_FIND = text(
    "SELECT s.delivery_number, s.kind, s.link_number, s.subject, s.first_at, s.first_human_at, s.hits"  # noqa: S608
    f" FROM {_KEYS} JOIN tracker.seen AS s ON {_SAME}"
)
_MAKE_SIGHTS = text("""
    CREATE TEMP TABLE new_things
        (thing integer, counter integer, delivery_number bigint, kind text, link_number integer, period_ms bigint)
        ON COMMIT DROP;
    CREATE TEMP TABLE new_sights
        (thing integer, subject bigint, first_ms bigint, human_ms bigint, hits bigint) ON COMMIT DROP
""")
_DROP_SIGHTS = text("DROP TABLE new_sights, new_things")
_NO_HUMAN = -1
_COPY_THINGS = "COPY new_things FROM STDIN"
_COPY_SIGHTS = "COPY new_sights FROM STDIN"
_MERGE = text("""
    WITH new AS MATERIALIZED (
        SELECT min(t.delivery_number) AS delivery_number, min(t.kind) AS kind, min(t.link_number) AS link_number,
            min(t.period_ms) * interval '1 millisecond' AS period, g.subject,
            timestamptz 'epoch' + min(g.first_ms) * interval '1 millisecond' AS first_at,
            timestamptz 'epoch' + min(g.human_ms) FILTER (WHERE g.human_ms >= 0) * interval '1 millisecond' AS human_at,
            sum(g.hits)::bigint AS hits
        FROM new_sights AS g JOIN new_things AS t USING (thing)
        GROUP BY t.counter, g.subject
    ), both_ AS MATERIALIZED (
        SELECT new.*, s.first_at AS known_first, s.first_human_at AS known_human, s.hits AS known_hits
        FROM new LEFT JOIN LATERAL (
            SELECT first_at, first_human_at, hits FROM tracker.seen AS s
            WHERE s.delivery_number = new.delivery_number AND s.kind = new.kind AND s.link_number = new.link_number
                AND s.subject = new.subject LIMIT 1
        ) AS s ON true
    ), added AS (
        INSERT INTO tracker.seen (delivery_number, kind, link_number, subject, first_at, first_human_at, hits)
        SELECT delivery_number, kind, link_number, subject, first_at, human_at, hits
        FROM both_ WHERE known_first IS NULL
    ), changed AS (
        INSERT INTO tracker.seen AS s (delivery_number, kind, link_number, subject, first_at, first_human_at, hits)
        SELECT delivery_number, kind, link_number, subject, least(known_first, first_at), least(known_human, human_at),
            known_hits + hits
        FROM both_ WHERE known_first IS NOT NULL
        ON CONFLICT (delivery_number, kind, link_number, subject) DO UPDATE SET
            first_at = excluded.first_at, first_human_at = excluded.first_human_at, hits = excluded.hits
    ), steps AS (
        SELECT delivery_number, kind, link_number, period, first_at AS at,
            (known_first IS NULL)::int AS people, 0 AS humans, 1 AS firsts, 0 AS human_firsts
        FROM both_ WHERE period IS NOT NULL AND (known_first IS NULL OR first_at < known_first)
        UNION ALL
        SELECT delivery_number, kind, link_number, period, human_at, 0, (known_human IS NULL)::int, 0, 1
        FROM both_ WHERE period IS NOT NULL AND human_at < coalesce(known_human, 'infinity')
        UNION ALL
        SELECT delivery_number, kind, link_number, period, known_first, 0, 0, -1, 0
        FROM both_ WHERE period IS NOT NULL AND first_at < known_first
        UNION ALL
        SELECT delivery_number, kind, link_number, period, known_human, 0, 0, 0, -1
        FROM both_ WHERE period IS NOT NULL AND human_at < known_human
    )
    SELECT delivery_number, kind, link_number, date_bin(period, at, timestamptz 'epoch') AS start,
        sum(people)::bigint, sum(humans)::bigint, sum(firsts)::bigint, sum(human_firsts)::bigint
    FROM steps GROUP BY 1, 2, 3, 4
""")
"""Rows are looked up by their keys, however many there are: LIMIT, and ON CONFLICT where there is one for certain, keep
the planner from reading all of them to join them."""
_CHANGE = text("""
    UPDATE tracker.seen AS s SET first_at = k.first, first_human_at = k.human, hits = k.hits
    FROM unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]),
        CAST(:subject AS bigint[]), CAST(:first AS timestamptz[]), CAST(:human AS timestamptz[]),
        CAST(:hits AS bigint[])) AS k(delivery, kind, link, subject, first, human, hits)
    WHERE s.delivery_number = k.delivery AND s.kind = k.kind AND s.link_number = k.link AND s.subject = k.subject
""")
_PACK = text(
    "SELECT string_agg(int8send(subject), ''::bytea) FROM tracker.seen"
    " WHERE delivery_number = :number AND kind = :kind AND link_number = ANY(CAST(:links AS integer[]))"
)
_PACK_HUMANS = text(f"{_PACK.text} AND first_human_at IS NOT NULL")
_MIX = text("""
    WITH gone AS (
        DELETE FROM tracker.seen AS s
        USING unnest(CAST(:kinds AS text[]), CAST(:links AS integer[])) AS t(kind, link)
            CROSS JOIN unnest(CAST(:subjects AS bigint[])) AS u(subject)
        WHERE s.delivery_number = :number AND s.kind = t.kind AND s.link_number = t.link AND s.subject = u.subject
        RETURNING s.*
    )
    INSERT INTO tracker.seen SELECT * FROM gone ORDER BY random()
""")
_FORGET = text("""
    DELETE FROM tracker.seen WHERE (tableoid, ctid) IN (
        SELECT tableoid, ctid FROM tracker.seen WHERE delivery_number = ANY(CAST(:numbers AS bigint[])) LIMIT :limit
    ) AND delivery_number = ANY(CAST(:numbers AS bigint[])) RETURNING 1
""")


class SeenRepository:
    """Recipients (or profiles) by what they reacted to. Nothing here waits: the delivery's lock is held."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, moved: Movements) -> Regrouped:
        """Merge what is new into what is known; returns how far the counters of people move.

        PostgreSQL merges: with every row going back and forth, this would be the slowest part of taking hits in.
        """
        if not moved.sights:
            return Regrouped()
        await self._session.execute(_MAKE_SIGHTS)
        numbers = {thing: number for number, thing in enumerate(moved.sights)}
        await copy_text(self._session, _COPY_THINGS, "".join(_thing_lines(numbers)))
        await copy_text(self._session, _COPY_SIGHTS, "".join(_sight_lines(moved, numbers)))
        regrouped = Regrouped()
        for number, kind, link, period, people, humans, firsts, human_firsts in await self._session.execute(_MERGE):
            regrouped.people[number, kind, link] += people
            regrouped.humans[number, kind, link] += humans
            regrouped.firsts[number, kind, link, period] += firsts
            regrouped.human_firsts[number, kind, link, period] += human_firsts
        await self._session.execute(_DROP_SIGHTS)
        return regrouped

    async def find(self, keys: Collection[SeenKey]) -> dict[SeenKey, Sight]:
        """What is known of these."""
        if not keys:
            return {}
        rows = await self._session.execute(_FIND, key_columns(sorted(keys)))
        return {(row[0], row[1], row[2], row[3]): Sight(row[4], row[5], row[6]) for row in rows}

    async def change(self, sights: Mapping[SeenKey, Sight]) -> None:
        """Write anew what is there already."""
        if not sights:
            return
        keys = sorted(sights)
        await self._session.execute(
            _CHANGE,
            {
                **key_columns(keys),
                "first": [sights[key].first_at for key in keys],
                "human": [sights[key].first_human_at for key in keys],
                "hits": [sights[key].hits for key in keys],
            },
        )

    async def subjects(self, number: int, kind: str, links: Collection[int], *, humans_only: bool) -> Sequence[int]:
        """Who reacted to any of these, perhaps repeated; read as one value, since a million rows would cost seconds."""
        values = {"number": number, "kind": kind, "links": sorted(links)}
        packed = await self._session.scalar(_PACK_HUMANS if humans_only else _PACK, values)
        subjects = array("Q", packed or b"")
        if sys.byteorder == "little":
            subjects.byteswap()
        return subjects

    async def mix(self, number: int, things: Sequence[tuple[str, int]], subjects: Sequence[int]) -> None:
        """Write rows of these subjects and things anew, in random order, so that where they lie tells nothing."""
        kinds, links = [kind for kind, _ in things], [link for _, link in things]
        values = {"number": number, "kinds": kinds, "links": links, "subjects": list(subjects)}
        await self._session.execute(_MIX, values)

    async def forget(self, numbers: Collection[int], *, limit: int) -> int:
        """Delete some rows of these deliveries; returns how many."""
        gone = await self._session.execute(_FORGET, {"numbers": sorted(numbers), "limit": limit})
        return len(gone.all())


def key_columns(keys: Sequence[SeenKey]) -> dict[str, list[Any]]:
    """Keys as arrays."""
    return {
        "delivery": [key[0] for key in keys],
        "kind": [key[1] for key in keys],
        "link": [key[2] for key in keys],
        "subject": [key[3] for key in keys],
    }


def _thing_lines(numbers: Mapping[Thing, int]) -> Iterator[str]:
    counters: dict[tuple[int, str, int], int] = {}
    for thing, number in numbers.items():
        counted = thing.period_ms if thing.remembered is Remembered.PEOPLE else r"\N"
        for link in thing.counted_under:
            counter = counters.setdefault((thing.delivery_number, thing.kind, link), len(counters))
            yield f"{number}\t{counter}\t{thing.delivery_number}\t{thing.kind}\t{link}\t{counted}\n"


def _sight_lines(moved: Movements, numbers: Mapping[Thing, int]) -> Iterator[str]:
    for thing, sights in moved.sights.items():
        number, humans, hits = numbers[thing], sights.human, sights.hits
        for subject, first in sights.first.items():
            yield f"{number}\t{subject}\t{first}\t{humans.get(subject, _NO_HUMAN)}\t{hits[subject]}\n"
