"""Hits of which only the hour may be known: gathered while their hour lasts, moved among the others when it is over.

Where a row lies, which transaction brought it, and its place would each tell more than the hour, laid beside neighbours
whose times are exact. So everything that arrived within an hour is moved by one transaction, in random order, and the
table it lay in is emptied as a whole, which leaves nothing of it behind. Two tables take turns.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from tracker.driver import copy_text
from tracker.reactions.rules import RULES_VERSION

GRACE = timedelta(minutes=1)
"""So long hits of an hour may be on their way and are still gathered with it."""
SETTLED = timedelta(minutes=2)
"""So long after an hour nobody is at its table any more."""
_TABLES = ("tracker.gathered_even", "tracker.gathered_odd")
_HOUR_SECONDS = 3600
_COLUMNS = "at, delivery_number, kind, subject, link_number, part, method, agent, judgement, rule, rules_version"
EVERYTHING = " UNION ALL ".join(f"SELECT {_COLUMNS}, hits FROM {table}" for table in _TABLES)  # noqa: S608
"""What is gathered, as a query."""
_STATEMENT_TIMEOUT = text("SET LOCAL statement_timeout = '15min'")
_LOCK = "LOCK TABLE {over} IN ACCESS EXCLUSIVE MODE"
_ANY = "SELECT EXISTS (SELECT FROM {over})"
_DELIVERIES = "SELECT DISTINCT delivery_number FROM {over} WHERE at < :before ORDER BY 1"
_TOUCHED = """
    SELECT array_agg(DISTINCT kind || ' ' || link_number), array_agg(DISTINCT at),
        string_agg(DISTINCT int8send(subject), ''::bytea) FILTER (WHERE subject <> 0)
    FROM {over} WHERE delivery_number = :number AND at < :before
"""
_MOVE = """
    WITH waiting AS (
        SELECT coalesce(sum(hits), 0)::bigint AS hits FROM {over} WHERE at < :before
    ), blocks AS (
        SELECT array_agg(nextval('tracker.reaction_places')) AS firsts
        FROM waiting CROSS JOIN LATERAL generate_series(1, (waiting.hits + 65535) / 65536)
    ), mixed AS (
        SELECT {columns}, row_number() OVER (ORDER BY delivery_number, kind, at, random()) - 1 AS drawn
        FROM {over} CROSS JOIN LATERAL generate_series(1, hits) WHERE at < :before
    )
    INSERT INTO tracker.reactions ({columns}, network, network_class, place)
    SELECT {columns}, '', '', firsts[drawn / 65536 + 1] + drawn % 65536 FROM mixed CROSS JOIN blocks ORDER BY drawn
"""
_STAY = "INSERT INTO {other} SELECT * FROM {over} WHERE at >= :before"
_JUDGED_OTHERWISE = "SELECT DISTINCT delivery_number FROM {over} WHERE at < :before AND rules_version <> :version"
_EMPTY = "TRUNCATE {over}"
_FORGET_ARRIVALS = (
    text(
        "DELETE FROM tracker.inbox WHERE received_at < :before AND (consumer = 'tracker__reactions_spooled'"
        " OR consumer LIKE '%!_tracker!_!_reactions!_spooled' ESCAPE '!')"
    ),
    text("DELETE FROM tracker.outbox WHERE published_at < :before AND subject = 'tracker.delivery.tallied.v1'"),
)
"""When batches arrived (the ranges counted keep them from counting twice), and how counters grew second by second."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What the hits of one delivery were to, in which hours, and whose they were."""

    things: Sequence[tuple[str, int]]
    """Kind and link."""
    hours: Sequence[datetime]
    subjects: bytes
    """Eight octets each, most significant first."""


def gathering_hour(now: datetime) -> datetime:
    """The beginning of the hour whose hits are gathered now: what is earlier is over."""
    return (now - GRACE).astimezone(UTC).replace(minute=0, second=0, microsecond=0)


class GatheringRepository:
    """The tables of gathered hits, as they take turns at the hour that begins `before` what is gathered now."""

    def __init__(self, session: AsyncSession, before: datetime) -> None:
        self._session = session
        self._before = before
        turn = int(before.timestamp()) // _HOUR_SECONDS % 2
        self._names = {"over": _TABLES[1 - turn], "other": _TABLES[turn], "columns": _COLUMNS}

    async def add(self, rows: Collection[str]) -> None:
        """Gather hits that arrive in the hour that lasts."""
        if rows:
            statement = f"COPY {self._names['other']} ({_COLUMNS}, hits) FROM STDIN"
            await copy_text(self._session, statement, "".join(rows))

    async def is_waiting(self) -> bool:
        """Whether the table of the hour that is over holds anything."""
        return bool(await self._session.scalar(text(_ANY.format(**self._names))))

    async def deliveries(self) -> Sequence[int]:
        """Of which deliveries."""
        return list(await self._session.scalars(self._text(_DELIVERIES), {"before": self._before}))

    async def touched(self, number: int) -> Touched:
        """What of a delivery."""
        row = (await self._session.execute(self._text(_TOUCHED), {"number": number, "before": self._before})).one()
        things = [thing.split(" ") for thing in row[0] or ()]
        return Touched([(kind, int(link)) for kind, link in things], row[1] or (), row[2] or b"")

    async def move(self) -> Sequence[int]:
        """Move what is over among the reactions, in random order; returns deliveries that others rules judged."""
        await self._session.execute(_STATEMENT_TIMEOUT)
        await self._session.execute(self._text(_LOCK))
        values: dict[str, Any] = {"before": self._before}
        otherwise = await self._session.scalars(self._text(_JUDGED_OTHERWISE), {**values, "version": RULES_VERSION})
        numbers = list(otherwise)
        for statement in (_MOVE, _STAY):
            await self._session.execute(self._text(statement), values)
        await self._session.execute(self._text(_EMPTY))
        for forget in _FORGET_ARRIVALS:
            await self._session.execute(forget, values)
        return numbers

    def _text(self, statement: str) -> TextClause:
        return text(statement.format(**self._names))
