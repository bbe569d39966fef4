"""Storing reactions by the thousand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from common.db.partitions import ensure_month_partitions
from tracker.reactions.models import ReactionRow

Identity = tuple[str, int, int]
"""Spool id, segment, offset."""

_COLUMNS = {
    "spool_id": "text",
    "segment": "bigint",
    "record_offset": "bigint",
    "at": "timestamptz",
    "delivery_number": "bigint",
    "kind": "text",
    "subject": "bigint",
    "link_number": "integer",
    "part": "text",
    "method": "text",
    "agent": "text",
    "network": "text",
    "judgement": "text",
    "rules_version": "smallint",
}
_INSERT = text(
    f"INSERT INTO {ReactionRow.__table__} ({', '.join(_COLUMNS)})"  # noqa: S608  names of our own
    f" SELECT * FROM unnest({', '.join(f'CAST(:{name} AS {kind}[])' for name, kind in _COLUMNS.items())})"
    " ON CONFLICT DO NOTHING RETURNING spool_id, segment, record_offset"
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """One row to be stored."""

    spool_id: str
    segment: int
    record_offset: int
    at: datetime
    delivery_number: int
    kind: str
    subject: int
    link_number: int
    part: str
    method: str
    agent: str
    network: str
    judgement: str
    rules_version: int

    @property
    def identity(self) -> Identity:
        """What makes it the same reaction when it comes again."""
        return self.spool_id, self.segment, self.record_offset


class ReactionRepository:
    """The table of reactions, by month."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, reactions: Sequence[Reaction]) -> set[Identity]:
        """Store what is new; returns the identities of those rows."""
        if not reactions:
            return set()
        columns = {name: [getattr(reaction, name) for reaction in reactions] for name in _COLUMNS}
        rows = await self._session.execute(_INSERT, columns)
        return {(spool_id, segment, offset) for spool_id, segment, offset in rows}

    async def prepare_months(self, months: Collection[date]) -> None:
        """Make the partitions of these months, given by any day in them."""
        await ensure_month_partitions(self._session, table=str(ReactionRow.__table__), months=list(months))
