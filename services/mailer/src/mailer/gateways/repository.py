"""Queries on gateways, their state and their use."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.gateways.models import (
    DestinationDayRow,
    DestinationLimitRow,
    DestinationPauseRow,
    GatewayRow,
    GatewayStateRow,
    GatewayTrafficRow,
    GatewayUsageRow,
    MxGroupRow,
)

# A sender lives as long as it holds the advisory lock that its owner id stands for, so one that was killed does not
# keep its share of the limits until its last sign of life is old.
_LIVE = text(
    """
SELECT CAST(w.owner AS text)
  FROM mailer.workers w
  JOIN pg_locks l ON l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND ((CAST(l.classid AS bigint) << 32) | CAST(l.objid AS bigint))
     = CAST(CAST('x' || left(encode(sha256(convert_to(CAST(w.owner AS text), 'UTF8')), 'hex'), 16) AS bit(64))
            AS bigint)
 WHERE w.last_seen > clock_timestamp() - interval '2 minutes'
"""
)
_OPEN_HOUR = text(
    "INSERT INTO mailer.gateway_usage (gateway_id, hour, used)"
    " VALUES (:id, date_trunc('hour', clock_timestamp(), 'UTC'), 0) ON CONFLICT DO NOTHING"
)
# The row is locked before it is read, so two processes never take the same part of the allowance.
_TAKE = text(
    """
UPDATE mailer.gateway_usage u SET used = u.used + g.part
  FROM (SELECT gateway_id, hour, least(:wanted, greatest(:most - used, 0)) AS part
          FROM mailer.gateway_usage
         WHERE gateway_id = :id AND hour = date_trunc('hour', clock_timestamp(), 'UTC') FOR UPDATE) g
 WHERE u.gateway_id = g.gateway_id AND u.hour = g.hour
RETURNING g.part, u.hour, extract(epoch FROM u.hour + interval '1 hour' - clock_timestamp())
"""
)
_GIVE_BACK = text(
    "UPDATE mailer.gateway_usage SET used = greatest(used - :count, 0) WHERE gateway_id = :id AND hour = :hour"
)
_USED = text(
    "SELECT used FROM mailer.gateway_usage"
    " WHERE gateway_id = :id AND hour = date_trunc('hour', clock_timestamp(), 'UTC')"
)

# These rows are written past the session, which would go on showing what it read first.
_ANEW = {"populate_existing": True}


class Taken(NamedTuple):
    """A part of an hour's allowance."""

    part: int
    hour: datetime
    seconds_left: float
    """Until the hour ends."""


async def gateways(session: AsyncSession) -> Sequence[GatewayRow]:
    """All stored gateways, the oldest first."""
    return list(await session.scalars(select(GatewayRow).order_by(GatewayRow.created_at, GatewayRow.id)))


async def gateway(session: AsyncSession, gateway_id: str, *, for_update: bool = False) -> GatewayRow | None:
    """One stored gateway."""
    query = select(GatewayRow).where(GatewayRow.id == gateway_id)
    return (await session.scalars(query.with_for_update() if for_update else query)).first()


async def remove(session: AsyncSession, gateway_id: str) -> None:
    """Forget a gateway and what was known about it."""
    await session.execute(delete(GatewayRow).where(GatewayRow.id == gateway_id))
    for table in (GatewayStateRow, GatewayUsageRow, GatewayTrafficRow, DestinationPauseRow):
        await session.execute(delete(table).where(table.gateway_id == gateway_id))


async def states(session: AsyncSession) -> dict[str, GatewayStateRow]:
    """What happened to gateways, by id."""
    return {row.gateway_id: row for row in await session.scalars(select(GatewayStateRow).execution_options(**_ANEW))}


async def write_state(session: AsyncSession, gateway_id: str, values: dict[str, Any]) -> None:
    """Set some columns of a gateway's state."""
    statement = insert(GatewayStateRow).values(gateway_id=gateway_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["gateway_id"], set_=values))


async def limits(session: AsyncSession) -> Sequence[DestinationLimitRow]:
    """All explicit limits of destinations, by name."""
    query = select(DestinationLimitRow).order_by(DestinationLimitRow.name)
    return list(await session.scalars(query.execution_options(**_ANEW)))


async def limit(session: AsyncSession, name: str) -> DestinationLimitRow | None:
    """One of them, locked."""
    return (
        await session.scalars(select(DestinationLimitRow).where(DestinationLimitRow.name == name).with_for_update())
    ).first()


async def write_limit(session: AsyncSession, name: str, values: dict[str, Any]) -> None:
    """Set a destination's limit."""
    statement = insert(DestinationLimitRow).values(name=name, **values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={**values, "revision": DestinationLimitRow.revision + 1}
        )
    )


async def remove_limit(session: AsyncSession, name: str) -> bool:
    """Forget it; False when there is none."""
    gone = delete(DestinationLimitRow).where(DestinationLimitRow.name == name).returning(DestinationLimitRow.name)
    return (await session.scalar(gone)) is not None


async def destination_pauses(session: AsyncSession, at: datetime) -> Sequence[DestinationPauseRow]:
    """Those in force."""
    row = DestinationPauseRow
    return list(await session.scalars(select(row).where(or_(row.until.is_(None), row.until > at))))


async def write_destination_pause(session: AsyncSession, values: dict[str, Any]) -> None:
    """Pause a destination, or pause it for another reason."""
    statement = insert(DestinationPauseRow).values(values)
    changed = {name: value for name, value in values.items() if name not in {"gateway_id", "destination"}}
    await session.execute(statement.on_conflict_do_update(index_elements=["gateway_id", "destination"], set_=changed))


async def end_destination_pauses(session: AsyncSession, gateway_id: str) -> int:
    """Go on with all destinations of a gateway; the answer is how many were paused."""
    gone = delete(DestinationPauseRow).where(DestinationPauseRow.gateway_id == gateway_id)
    return len((await session.execute(gone.returning(DestinationPauseRow.destination))).all())


async def live_processes(session: AsyncSession) -> set[str]:
    """The owners of all sending processes that are alive."""
    return set(await session.scalars(_LIVE))


async def take_allowance(session: AsyncSession, gateway_id: str, wanted: int, most: int) -> Taken:
    """Take a part of what the current hour still allows; the sum of all parts never exceeds `most`."""
    await session.execute(_OPEN_HOUR, {"id": gateway_id})
    rows = await session.execute(_TAKE, {"id": gateway_id, "wanted": wanted, "most": most})
    count, hour, seconds = rows.one()
    return Taken(count, hour, float(seconds))


async def give_back(session: AsyncSession, gateway_id: str, hour: datetime, count: int) -> None:
    """Return what was taken of an hour and not used."""
    await session.execute(_GIVE_BACK, {"id": gateway_id, "hour": hour, "count": count})


async def used_this_hour(session: AsyncSession, gateway_id: str) -> int:
    """What processes took of the current hour."""
    return await session.scalar(_USED, {"id": gateway_id}) or 0


async def write_traffic(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Say what this process does."""
    statement = insert(GatewayTrafficRow).values(list(rows))
    said = statement.excluded
    names = ("as_of", "connections_open", "rate_per_second", "problem", "destinations", "slowness")
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["process", "gateway_id"], set_={name: getattr(said, name) for name in names}
        )
    )


async def traffic(session: AsyncSession, since: datetime, gateway_id: str | None = None) -> Sequence[GatewayTrafficRow]:
    """What processes said lately."""
    query = select(GatewayTrafficRow).where(GatewayTrafficRow.as_of > since).order_by(GatewayTrafficRow.process)
    query = query.execution_options(**_ANEW)
    return list(
        await session.scalars(query if gateway_id is None else query.where(GatewayTrafficRow.gateway_id == gateway_id))
    )


async def clear_problem(session: AsyncSession, gateway_id: str) -> None:
    """What processes said about a gateway is not true any more; they say it anew if it still is."""
    row = GatewayTrafficRow
    await session.execute(update(row).where(row.gateway_id == gateway_id).values(problem=None))


async def forget_traffic(session: AsyncSession, process: str, before: datetime) -> None:
    """Remove what this process said, and what others said long ago."""
    row = GatewayTrafficRow
    await session.execute(delete(row).where(or_(row.process == process, row.as_of < before)))


async def add_to_day(
    session: AsyncSession, day: date, gateway_id: str, counts: dict[str, int], *, complaints: bool = False
) -> None:
    """Count messages that destinations accepted, or complaints of their people."""
    column = "complaints" if complaints else "accepted"
    rows = [
        {"day": day, "gateway_id": gateway_id, "destination": name, column: count}
        for name, count in sorted(counts.items())
    ]
    statement = insert(DestinationDayRow).values(rows)
    added = getattr(DestinationDayRow, column) + getattr(statement.excluded, column)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["day", "gateway_id", "destination"], set_={column: added})
    )


async def busiest_gateway(session: AsyncSession, destination: str, since: date) -> str | None:
    """The gateway that wrote most to a destination."""
    row = DestinationDayRow
    query = select(row.gateway_id).where(row.destination == destination, row.day >= since)
    return await session.scalar(query.group_by(row.gateway_id).order_by(func.sum(row.accepted).desc()).limit(1))


async def complained(session: AsyncSession, since: date, everybody: str) -> Sequence[tuple[str, str, int, int]]:
    """Gateway, destination, accepted and complaints: of destinations with complaints, and of each gateway's total."""
    row = DestinationDayRow
    query = (
        select(row.gateway_id, row.destination, func.sum(row.accepted), func.sum(row.complaints))
        .where(row.day >= since)
        .group_by(row.gateway_id, row.destination)
        .having(or_(func.sum(row.complaints) > 0, row.destination == everybody))
    )
    return [(g, d, int(a), int(c)) for g, d, a, c in await session.execute(query)]


async def mx_groups(session: AsyncSession, domains: Collection[str], at: datetime) -> dict[str, str]:
    """Destinations of those domains that are known and not out of date."""
    row = MxGroupRow
    query = select(row.domain, row.destination).where(row.domain == func.any(list(domains)), row.expires_at > at)
    return {row.domain: row.destination for row in await session.execute(query)}


async def write_mx_groups(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Remember what the domain name system said."""
    statement = insert(MxGroupRow).values(sorted(rows, key=lambda row: row["domain"]))
    changed = {"destination": statement.excluded.destination, "expires_at": statement.excluded.expires_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["domain"], set_=changed))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Remove what nobody asks for any more."""
    await session.execute(delete(GatewayUsageRow).where(GatewayUsageRow.hour < now - timedelta(days=7)))
    await session.execute(delete(DestinationDayRow).where(DestinationDayRow.day < now.date() - timedelta(days=30)))
    await session.execute(delete(MxGroupRow).where(MxGroupRow.expires_at < now - timedelta(days=7)))
    await session.execute(delete(GatewayTrafficRow).where(GatewayTrafficRow.as_of < now - timedelta(hours=1)))
    await session.execute(delete(DestinationPauseRow).where(DestinationPauseRow.until < now))


async def forget_days(session: AsyncSession, gateway_id: str) -> None:
    """Count acceptances and complaints of a gateway anew."""
    await session.execute(delete(DestinationDayRow).where(DestinationDayRow.gateway_id == gateway_id))


async def sizes(session: AsyncSession) -> dict[str, int]:
    """The largest message of each gateway that said so."""
    row = GatewayStateRow
    found = await session.execute(select(row.gateway_id, row.max_size).where(row.max_size.is_not(None)))
    return {gateway_id: size for gateway_id, size in found if size}


async def is_name_taken(session: AsyncSession, name: str, but: str) -> bool:
    """Whether another gateway is called that."""
    row = GatewayRow
    query = select(row.id).where(func.lower(row.name) == name.lower(), row.id != but).limit(1)
    return (await session.scalar(query)) is not None
