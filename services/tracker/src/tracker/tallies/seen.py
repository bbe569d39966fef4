"""Who was seen when: read, merged and written back by whoever holds the delivery's lock."""

import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tracker.driver import copy_text
from tracker.tallies.rules import Movements, Regrouped, SeenKey, Sight

_KEYS = (
    "unnest(CAST(:delivery AS bigint[]), CAST(:kind AS text[]), CAST(:link AS integer[]), CAST(:subject AS bigint[]))"
    " AS k(delivery, kind, link, subject)"
)
_SAME = "s.delivery_number = k.delivery AND s.kind = k.kind AND s.link_number = k.link AND s.subject = k.subject"
_FIND = text(
    "SELECT s.delivery_number, s.kind, s.link_number, s.subject, s.first_at, s.first_human_at, s.hits"  # noqa: S608
    f" FROM {_KEYS} JOIN tracker.seen AS s ON {_SAME}"
)
_COPY = "COPY tracker.seen (delivery_number, kind, link_number, subject, first_at, first_human_at, hits) FROM STDIN"
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
        """Merge what is new into what is known; returns how far the counters of people move."""
        known = await self.find(moved.seen.keys())
        regrouped = Regrouped()
        fresh: dict[SeenKey, Sight] = {}
        changed: dict[SeenKey, Sight] = {}
        for key, sight in moved.seen.items():
            before = known.get(key)
            after = sight if before is None else before.merge(sight)
            (fresh if before is None else changed)[key] = after
            if key[0] in moved.periods:
                regrouped.note(key, before, after, moved.periods[key[0]])
        await self._insert(fresh)
        await self.change(changed)
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

    async def forget(self, numbers: Collection[int], *, limit: int) -> int:
        """Delete some rows of these deliveries; returns how many."""
        gone = await self._session.execute(_FORGET, {"numbers": sorted(numbers), "limit": limit})
        return len(gone.all())

    async def _insert(self, sights: Mapping[SeenKey, Sight]) -> None:
        if sights:
            rows = [_line(key, sights[key]) for key in sorted(sights)]
            await copy_text(self._session, _COPY, "".join(rows))


def key_columns(keys: Sequence[SeenKey]) -> dict[str, list[Any]]:
    """Keys as arrays."""
    return {
        "delivery": [key[0] for key in keys],
        "kind": [key[1] for key in keys],
        "link": [key[2] for key in keys],
        "subject": [key[3] for key in keys],
    }


def _line(key: SeenKey, sight: Sight) -> str:
    human = r"\N" if sight.first_human_at is None else _written(sight.first_human_at)
    return f"{key[0]}\t{key[1]}\t{key[2]}\t{key[3]}\t{_written(sight.first_at)}\t{human}\t{sight.hits}\n"


def _written(at: datetime) -> str:
    return at.isoformat()
