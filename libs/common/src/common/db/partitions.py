"""Monthly partitions of tables that grow by the million."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_KNOWN = text("SELECT to_regclass(:name) IS NOT NULL")
_KEY = text(
    "SELECT a.attname FROM pg_partitioned_table p JOIN pg_attribute a"
    " ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0] WHERE p.partrelid = to_regclass(:name)"
)


async def ensure_month_partitions(
    session: AsyncSession, *, table: str, months: Sequence[date], fillfactor: int = 100
) -> list[str]:
    """Make the partitions of `table` (`schema.name`, ranged by one time column) that are missing for `months`.

    Pages are filled to `fillfactor` per cent at first: rows that are all changed once fit beside their old selves, and
    no index has to change.

    Returns the names made. Rows of those months that already fell into `<table>_default` move along, so it is
    never too late to call. The caller's role must own the table; where it does not, `migrate` makes them ahead.
    """
    made = []
    for month in sorted({day.replace(day=1) for day in months}):
        name = f"{table}_{month:%Y_%m}"
        if not await session.scalar(_KNOWN, {"name": name}):
            await _make(session, table, name, (month, fillfactor))
            made.append(name)
    return made


async def _make(session: AsyncSession, table: str, name: str, how: tuple[date, int]) -> None:
    month, fillfactor = how
    following = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
    # Bounds are instants in UTC whatever the session's time zone is.
    start, end = f"{month.isoformat()} 00:00:00+00", f"{following.isoformat()} 00:00:00+00"
    key = await session.scalar(_KEY, {"name": table})
    # Filled first and attached then: attaching does not lock readers and writers of the parent out.
    await session.execute(
        text(
            f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)"
            f" WITH (fillfactor = {fillfactor:d})"
        )
    )
    await session.execute(
        text(
            f"WITH late AS (DELETE FROM {table}_default WHERE {key} >= '{start}' AND {key} < '{end}' RETURNING *)"  # noqa: S608
            f" INSERT INTO {name} SELECT * FROM late"
        )
    )
    await session.execute(text(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')"))
