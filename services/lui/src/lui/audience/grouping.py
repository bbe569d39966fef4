"""Queries that group a snapshot's recipients by what stands in their columns."""

from collections.abc import Sequence

from sqlalchemy import ARRAY, Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from lui.audience.models import Snapshot
from lui.audience.rules.profiles import MAX_PROFILE_VALUE, MAX_PROFILES, SMALLEST_PROFILE, Group

_OF = "FROM lui.snapshot_recipients WHERE month = :month AND snapshot_id = CAST(:snapshot_id AS uuid)"
_VALUES = text(f'SELECT "values"[:at] AS value, count(*) AS people {_OF} GROUP BY 1 ORDER BY 2 DESC LIMIT :limit')
# A combination in which a value is missing counts like one in which it is empty: there are no nulls in a snapshot.
_GROUPS = """
    WITH combinations AS MATERIALIZED (
        SELECT ARRAY[{columns}] AS key, count(*) AS people {of} {consent} GROUP BY 1
    ), largest AS (
        SELECT key, people FROM combinations
        WHERE people >= :smallest AND (SELECT max(length(value)) FROM unnest(key) AS value) <= :longest
        ORDER BY people DESC, key COLLATE "C" LIMIT :most
    )
    SELECT whole.combinations, whole.people, largest.key, largest.people AS together
    FROM (SELECT count(*) AS combinations, coalesce(sum(people), 0)::bigint AS people FROM combinations) AS whole
    LEFT JOIN largest ON true
"""


class SnapshotGroups:
    """How many recipients share what; positions of columns count from 0."""

    def __init__(self, session: AsyncSession, snapshot: Snapshot) -> None:
        self._session = session
        self._of = {"month": snapshot.month, "snapshot_id": snapshot.id}

    async def values(self, position: int, *, limit: int) -> Sequence[tuple[str, int]]:
        """The different values of a column with their recipients, most frequent first."""
        found = await self._session.execute(_VALUES, {**self._of, "at": position + 1, "limit": limit})
        return [(value, people) for value, people in found]

    async def combinations(
        self, positions: Sequence[int], consent: tuple[int, Sequence[str]] | None
    ) -> tuple[int, int, list[Group]]:
        """How many combinations of values there are, of how many recipients, and the largest ones.

        With `consent` only those count whose value at its position is among its values.
        """
        columns = ", ".join(f'"values"[{int(position) + 1}]' for position in positions)
        said = "" if consent is None else 'AND "values"[:consent_at] = ANY(:yes)'
        statement = text(_GROUPS.format(columns=columns, of=_OF, consent=said))  # numbers and fixed words only
        bounds = {"smallest": SMALLEST_PROFILE, "longest": MAX_PROFILE_VALUE, "most": MAX_PROFILES}
        values = {**self._of, **bounds}
        if consent is not None:
            values |= {"consent_at": consent[0] + 1, "yes": list(consent[1])}
            statement = statement.bindparams(bindparam("yes", type_=ARRAY(Text)))
        rows = (await self._session.execute(statement, values)).all()
        return rows[0].combinations, rows[0].people, [(tuple(row.key), row.together) for row in rows if row.key]
