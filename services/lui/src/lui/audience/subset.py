"""Snapshots out of parts of others: rows are copied inside the database, nothing of them passes through here."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lui.audience.models import Snapshot

_ROWS_AT_ONCE = 5_000
_SPELLED_OUT = 24
"""Columns up to which each is named in the statement, which is three times as fast as unnesting them."""

_PATIENTLY = text("SET LOCAL statement_timeout = '10min'")
_HERE = "r.month = :month AND r.snapshot_id = CAST(:snapshot_id AS uuid)"


@dataclass(frozen=True)
class Part:
    """Recipients of a snapshot, one bit each, and where they go."""

    snapshot: Snapshot
    bits: bytes
    before: int = 0
    """How many come before them in the new snapshot."""
    offset: int = 0
    """What makes a line of an ordinal, where several snapshots are read one after the other."""
    positions: Sequence[int] | None = None
    """Which columns are kept, starting at 1; None: all as they are."""


async def be_patient(session: AsyncSession) -> None:
    """Until the transaction ends: copying a million rows takes longer than anything on a request's way may."""
    await session.execute(_PATIENTLY)


async def copy_part(session: AsyncSession, part: Part, into: Snapshot) -> None:
    """Copy the recipients into a new snapshot, with ordinals of their own."""
    kept = "r.values" if part.positions is None else f"ARRAY[{_columns(part.positions)}]"
    statement = f"""
INSERT INTO lui.snapshot_recipients (month, snapshot_id, ordinal, line_no, address, values)
SELECT CAST(:new_month AS date), CAST(:new_id AS uuid),
       CAST(:before AS bigint) + row_number() OVER (ORDER BY r.ordinal),
       CAST(:offset AS bigint) + r.ordinal, r.address, {kept}
  FROM lui.snapshot_recipients r
 WHERE {_HERE} AND get_bit(CAST(:bits AS bytea), r.ordinal) = 1
 ORDER BY r.ordinal
"""  # noqa: S608 - numbers of columns, made here
    values = {"new_month": into.month, "new_id": into.id, "before": part.before, "offset": part.offset}
    await session.execute(text(statement), {**values, **_key(part.snapshot), "bits": part.bits})


def _columns(positions: Sequence[int]) -> str:
    return ", ".join(f"r.values[{position:d}]" for position in positions)


def _key(snapshot: Snapshot) -> dict[str, object]:
    return {"month": snapshot.month, "snapshot_id": snapshot.id}


async def repeated(session: AsyncSession, parts: Sequence[Part], key: Sequence[int] | None) -> list[tuple[int, int]]:
    """`(line, first line)` of everybody but the first of a key.

    `key` names columns, starting at 1; None: the address, in whatever case it is written.
    """
    columns = "".join(f" || chr(31) || btrim(r.values[{position:d}])" for position in key or ())
    same = "lower(r.address)" if key is None else f"''{columns}"
    keyed = " UNION ALL ".join(
        f"""
SELECT {same} AS key, CAST(:offset{at} AS bigint) + r.ordinal AS line FROM lui.snapshot_recipients r
 WHERE r.month = :month{at} AND r.snapshot_id = CAST(:snapshot_id{at} AS uuid)
   AND get_bit(CAST(:bits{at} AS bytea), r.ordinal) = 1"""  # noqa: S608 - numbers of columns, made here
        for at in range(len(parts))
    )
    statement = f"""
WITH keyed AS MATERIALIZED ({keyed}),
first AS (SELECT key, min(line) AS line FROM keyed GROUP BY key HAVING count(*) > 1)
SELECT k.line, f.line FROM keyed k JOIN first f USING (key) WHERE k.line > f.line ORDER BY k.line
"""  # noqa: S608 - made of the above
    values: dict[str, object] = {}
    for at, part in enumerate(parts):
        given = {**_key(part.snapshot), "offset": part.offset, "bits": part.bits}
        values.update({f"{name}{at}": value for name, value in given.items()})
    return [(line, first) for line, first in await session.execute(text(statement), values)]


async def set_aside(session: AsyncSession, part: Part, into: Snapshot, found: Sequence[tuple[int, int]]) -> None:
    """Keep recipients of a part as duplicates: `(line, first line)`, all of this part."""
    statement = """
INSERT INTO lui.snapshot_asides (month, snapshot_id, set_name, line_no, reason, values)
SELECT CAST(:new_month AS date), CAST(:new_id AS uuid), 'duplicates', g.line, 'same as line ' || g.first, r.values
  FROM unnest(CAST(:lines AS bigint[]), CAST(:firsts AS bigint[])) g (line, first)
  JOIN lui.snapshot_recipients r ON r.month = :month AND r.snapshot_id = CAST(:snapshot_id AS uuid)
       AND r.ordinal = g.line - CAST(:offset AS bigint)
"""
    values = {"new_month": into.month, "new_id": into.id, "offset": part.offset}
    values |= {"lines": [line for line, _ in found], "firsts": [first for _, first in found]}
    await session.execute(text(statement), {**values, **_key(part.snapshot)})


async def digest_octets(session: AsyncSession, snapshot: Snapshot) -> AsyncIterator[bytes]:
    """What `RecipientsDigest` hashes for every recipient, written by the database, in ordinal order."""
    count = len(snapshot.columns)
    if count <= _SPELLED_OUT:
        values = "".join(f" || {_measured(f'r.values[{position}]')}" for position in range(1, count + 1))
    else:
        measured = _measured("v.value")
        unnested = "unnest(r.values) WITH ORDINALITY v (value, at)"
        values = f" || (SELECT string_agg({measured}, '' ORDER BY v.at) FROM {unnested})"  # noqa: S608 - ours
    line = f"{_measured('r.ordinal::text')} || {_measured('r.address')}{values} || E'\\n'"
    statement = f"""
SELECT string_agg({line}, '' ORDER BY r.ordinal)
  FROM lui.snapshot_recipients r
 WHERE {_HERE} AND r.ordinal > :after AND r.ordinal <= :after + {_ROWS_AT_ONCE}
"""  # noqa: S608 - names of columns, made here
    for after in range(0, snapshot.accepted_count, _ROWS_AT_ONCE):
        found = await session.scalar(text(statement), {**_key(snapshot), "after": after})
        yield str(found or "").encode()


def _measured(value: str) -> str:
    return f"octet_length({value}) || ':' || {value} || ','"


async def same_people(session: AsyncSession, first: Snapshot, second: Snapshot) -> list[tuple[int, int]]:
    """Ordinals of the addresses that stand in both snapshots."""
    statement = """
SELECT a.ordinal, b.ordinal
  FROM lui.snapshot_recipients a
  JOIN lui.snapshot_recipients b ON lower(a.address) = lower(b.address)
 WHERE a.month = :month AND a.snapshot_id = CAST(:snapshot_id AS uuid)
   AND b.month = :other_month AND b.snapshot_id = CAST(:other_id AS uuid)
"""
    values = {**_key(first), "other_month": second.month, "other_id": second.id}
    return [(one, other) for one, other in await session.execute(text(statement), values)]
