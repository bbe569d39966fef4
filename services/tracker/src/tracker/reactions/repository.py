"""Storing reactions by the thousand, and what keeps each of them from being counted twice."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from common.db.partitions import ensure_month_partitions
from tracker.driver import copy_text
from tracker.reactions.models import ReactionRow, SpoolRangeRow
from tracker.reactions.ranges import Range

Segment = tuple[str, int]
"""Spool id and number: where offsets mean something."""
Counted = Mapping[Segment, Sequence[Range]]
_PLACES = 65_536
"""Places that one number of the sequence stands for."""
_COPY = (
    "COPY tracker.reactions (at, delivery_number, kind, subject, link_number, part, method, agent, network,"
    " network_class, delay_ms, judgement, rule, rules_version, place) FROM STDIN"
)
_LOCK = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")
_DROP_RANGES = text("""
    DELETE FROM tracker.spool_ranges AS r USING
        unnest(CAST(:spool AS text[]), CAST(:segment AS bigint[]), CAST(:first AS bigint[])) AS k(spool, segment, first)
    WHERE r.spool_id = k.spool AND r.segment = k.segment AND r.first_offset = k.first
""")
_ADD_RANGES = text("""
    INSERT INTO tracker.spool_ranges (spool_id, segment, first_offset, next_offset)
    SELECT * FROM unnest(CAST(:spool AS text[]), CAST(:segment AS bigint[]), CAST(:first AS bigint[]),
        CAST(:next AS bigint[]))
""")
_TAKE_PLACES = text("SELECT nextval('tracker.reaction_places') FROM generate_series(1, :blocks)")
_LATE_MONTHS = text("SELECT DISTINCT date_trunc('month', at, 'UTC')::date FROM tracker.reactions_default")


class SpoolRepository:
    """What of each spool was counted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, spool_ids: Collection[str]) -> None:
        """Keep every other worker from counting these spools until the end of the transaction."""
        keys = sorted({_key(spool_id) for spool_id in spool_ids})
        await self._session.execute(_LOCK, {"keys": keys})

    async def counted(self, segments: Collection[Segment]) -> dict[Segment, list[Range]]:
        """The ranges of these segments, in order."""
        place = tuple_(SpoolRangeRow.spool_id, SpoolRangeRow.segment)
        rows = await self._session.scalars(
            select(SpoolRangeRow).where(place.in_(sorted(segments))).order_by(SpoolRangeRow.first_offset)
        )
        found: dict[Segment, list[Range]] = {segment: [] for segment in segments}
        for row in rows:
            found[row.spool_id, row.segment].append((row.first_offset, row.next_offset))
        return found

    async def replace(
        self, before: Mapping[Segment, Collection[Range]], after: Mapping[Segment, Collection[Range]]
    ) -> None:
        """Write down what is counted now, touching only what differs."""
        gone = [(*key, each[0]) for key in sorted(after) for each in sorted(set(before[key]) - set(after[key]))]
        new = [(*key, *each) for key in sorted(after) for each in sorted(set(after[key]) - set(before[key]))]
        for statement, names, rows in (
            (_DROP_RANGES, ("spool", "segment", "first"), gone),
            (_ADD_RANGES, ("spool", "segment", "first", "next"), new),
        ):
            if rows:
                columns = zip(*rows, strict=True)
                await self._session.execute(statement, dict(zip(names, map(list, columns), strict=True)))


class ReactionRepository:
    """The table of reactions, by month."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, rows: Sequence[str]) -> None:
        """Copy rows in, each at a place of its own."""
        if not rows:
            return
        blocks = (len(rows) - 1) // _PLACES + 1
        places = list(await self._session.scalars(_TAKE_PLACES, {"blocks": blocks}))
        for index, first in enumerate(places):
            chunk = rows[index * _PLACES : (index + 1) * _PLACES]
            await copy_text(
                self._session, _COPY, "".join([f"{row}\t{place}\n" for place, row in enumerate(chunk, first)])
            )

    async def late_months(self) -> Sequence[date]:
        """Months of reactions that came when their partition was not there, or not any more."""
        return list(await self._session.scalars(_LATE_MONTHS))

    async def prepare_months(self, months: Collection[date]) -> None:
        """Make the partitions of these months, given by any day in them."""
        await ensure_month_partitions(self._session, table=str(ReactionRow.__table__), months=list(months))


def _key(spool_id: str) -> int:
    return int.from_bytes(blake2b(spool_id.encode(), digest_size=8, key=b"tracker.spool").digest(), "big", signed=True)
