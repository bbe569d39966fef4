"""Queries on envelopes for use cases outside the sending loop."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.mailer import EnvelopeState
from mailer.envelopes.literals import numbers, words
from mailer.envelopes.models import ChunkRow, EnvelopeRow, TallyRow
from mailer.envelopes.repository import PAGE_SIZE, page_bounds
from mailer.envelopes.rules import CANCELLABLE, NEVER, RETRYABLE, Bounce, sources_of

_INSERT = text(
    """
INSERT INTO mailer.envelopes (delivery_id, ordinal, created_at, chunk_number, address, state)
SELECT CAST(:delivery_id AS uuid), r.ordinal, :created_at, :number, r.address, 'queued'
  FROM unnest(CAST(:ordinals AS int[]), CAST(:addresses AS text[])) AS r(ordinal, address)
ON CONFLICT DO NOTHING
"""
)
_PAGES_BEHIND = text(
    "SELECT page_number FROM mailer.page_tallies WHERE delivery_id = CAST(:delivery_id AS uuid)"
    " AND page_number >= :page_number AND counts ? :state ORDER BY page_number LIMIT :limit"
)
_PAGES_WITH = text(
    "SELECT page_number FROM mailer.page_tallies WHERE delivery_id = CAST(:delivery_id AS uuid)"
    " AND counts ?| CAST(:states AS text[]) ORDER BY page_number"
)


_WORDS = text(
    """
SELECT o.ordinal, l.texts[o.position] AS said
  FROM mailer.send_log l, unnest(l.ordinals) WITH ORDINALITY AS o(ordinal, position)
 WHERE l.delivery_id = CAST(:delivery_id AS uuid) AND l.created_at = :created_at AND l.kind = 2
   AND l.chunk_number = ANY(CAST(:chunks AS bigint[])) AND o.ordinal = ANY(CAST(:ordinals AS int[]))
 ORDER BY l.id
"""
)
_PAGES_AT_A_TIME = 20


def _undecided(delivery_id: str) -> tuple[ColumnElement[bool], ...]:
    return ChunkRow.delivery_id == delivery_id, ChunkRow.state == "ready", ChunkRow.next_at >= NEVER


class EnvelopeQueries:
    """Bound to a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def insert(
        self, delivery_id: str, created_at: datetime, number: int, recipients: Sequence[tuple[int, str]]
    ) -> None:
        """One queued envelope per recipient; those that are there stay as they are."""
        values = {
            "delivery_id": delivery_id, "created_at": created_at, "number": number,
            "ordinals": numbers([ordinal for ordinal, _ in recipients]),
            "addresses": words([address for _, address in recipients]),
        }  # fmt: skip
        await self._session.execute(_INSERT, values)

    async def insert_chunk(self, delivery_id: str, page_number: int, now: datetime) -> None:
        """The chunk that holds a whole page, not to be claimed yet."""
        values = {
            "delivery_id": delivery_id, "number": page_number, "page_number": page_number, "state": "frozen",
            "next_at": now,
        }  # fmt: skip
        await self._session.execute(insert(ChunkRow).values(values).on_conflict_do_nothing())

    async def first_tally(self, delivery_id: str, page_number: int, count: int) -> None:
        """A new page's tally: everything is queued."""
        values = {"delivery_id": delivery_id, "page_number": page_number, "counts": {"queued": count}}
        await self._session.execute(insert(TallyRow).values(values).on_conflict_do_nothing())

    async def hasten_decided(self, delivery_id: str, now: datetime) -> int:
        """Make chunks due that wait for a decision; how many envelopes they hold."""
        row = ChunkRow
        due = update(row).where(*_undecided(delivery_id)).values(next_at=now).returning(row.ordinals)
        return sum(len(ordinals or ()) for ordinals in await self._session.scalars(due))

    async def lock_undecided(self, delivery_id: str) -> list[tuple[int, int]]:
        """Chunks that wait for a decision, number and page, locked."""
        query = select(ChunkRow.number, ChunkRow.page_number).where(*_undecided(delivery_id)).with_for_update()
        return [(number, page_number) for number, page_number in await self._session.execute(query)]

    async def settle_as_sent(
        self, delivery_id: str, created_at: datetime, place: tuple[int, int], now: datetime
    ) -> list[int]:
        """Take a chunk's doubtful envelopes as sent and close it; their ordinals. `place`: its number and page."""
        number, page_number = place
        envelope, chunk = EnvelopeRow, ChunkRow
        settled = await self._session.scalars(
            update(envelope)
            .where(
                envelope.delivery_id == delivery_id,
                envelope.created_at == created_at,
                envelope.ordinal.between(*page_bounds(page_number)),
                envelope.chunk_number == number,
                envelope.state == EnvelopeState.IN_DOUBT.value,
            )
            .values(state=EnvelopeState.SENT.value, settled_at=now, next_at=None)
            .returning(envelope.ordinal)
        )
        await self._session.execute(
            update(chunk).where(chunk.delivery_id == delivery_id, chunk.number == number).values(state="done")
        )
        return sorted(settled)

    async def aside_by_lane(self, delivery_id: str) -> dict[str, int]:
        """Envelopes in chunks of their own lanes."""
        row = ChunkRow
        waiting = select(row.lane, func.sum(func.cardinality(row.ordinals))).where(
            row.delivery_id == delivery_id, row.state == "ready", row.lane != "default"
        )
        found = await self._session.execute(waiting.group_by(row.lane))
        return {lane: int(count or 0) for lane, count in found}

    async def thaw(self, delivery_id: str, now: datetime) -> None:
        """Make frozen chunks claimable."""
        row = ChunkRow
        await self._session.execute(
            update(row).where(row.delivery_id == delivery_id, row.state == "frozen").values(state="ready", next_at=now)
        )

    async def has_open_chunks(self, delivery_id: str) -> bool:
        """Whether any chunk is not done."""
        query = select(ChunkRow.number).where(ChunkRow.delivery_id == delivery_id, ChunkRow.state != "done").limit(1)
        return (await self._session.scalar(query)) is not None

    async def lock_unleased(self, delivery_id: str, *, limit: int) -> list[tuple[int, int]]:
        """Chunks nobody holds, number and page, locked against claiming."""
        row = ChunkRow
        query = select(row.number, row.page_number).where(
            row.delivery_id == delivery_id, row.state.in_(["frozen", "ready"])
        )
        found = await self._session.execute(query.order_by(row.number).limit(limit).with_for_update(skip_locked=True))
        return [(number, page_number) for number, page_number in found]

    async def cancel_chunk(self, delivery_id: str, created_at: datetime, place: tuple[int, int], now: datetime) -> None:
        """Cancel what waits in a chunk and close it; what is in doubt stays so. `place`: its number and page."""
        number, page_number = place
        envelope, chunk = EnvelopeRow, ChunkRow
        await self._session.execute(
            update(envelope)
            .where(
                envelope.delivery_id == delivery_id,
                envelope.created_at == created_at,
                envelope.ordinal.between(*page_bounds(page_number)),
                envelope.chunk_number == number,
                envelope.state.in_([state.value for state in CANCELLABLE]),
            )
            .values(state=EnvelopeState.CANCELLED.value, settled_at=now, next_at=None)
        )
        await self._session.execute(
            update(chunk)
            .where(chunk.delivery_id == delivery_id, chunk.number == number)
            .values(state="done", owner=None, open_count=0)
        )

    async def pages_with(self, delivery_id: str, states: Sequence[str]) -> list[int]:
        """Pages that have an envelope in one of these states."""
        found = await self._session.scalars(_PAGES_WITH, {"delivery_id": delivery_id, "states": list(states)})
        return list(found)

    async def queue_page_again(
        self, delivery_id: str, created_at: datetime, page_number: int, number: int
    ) -> list[int]:
        """Move a page's retryable envelopes into a new chunk; their ordinals."""
        row = EnvelopeRow
        moved = await self._session.scalars(
            update(row)
            .where(
                row.delivery_id == delivery_id,
                row.created_at == created_at,
                row.ordinal.between(*page_bounds(page_number)),
                row.state.in_([state.value for state in RETRYABLE]),
            )
            .values(state=EnvelopeState.QUEUED.value, chunk_number=number, attempts=0, next_at=None)
            .returning(row.ordinal)
        )
        return sorted(moved)

    async def mark_bounced(
        self, delivery_id: str, created_at: datetime, ordinal: int, bounce: Bounce, now: datetime
    ) -> bool:
        """Move a sent or doubtful envelope to `bounced`."""
        row = EnvelopeRow
        values: dict[str, Any] = {
            "state": EnvelopeState.BOUNCED.value, "settled_at": now, "reply_code": bounce.reply_code,
            "enhanced_code": bounce.enhanced_code, "bounce_class": bounce.bounce_class.value, "verb": None,
            "reply_text": bounce.text, "next_at": None,
        }  # fmt: skip
        moved = await self._session.scalar(
            update(row)
            .where(
                row.delivery_id == delivery_id,
                row.created_at == created_at,
                row.ordinal == ordinal,
                row.state.in_([state.value for state in sources_of(EnvelopeState.BOUNCED)]),
            )
            .values(values)
            .returning(row.ordinal)
        )
        return moved is not None

    async def address(self, delivery_id: str, created_at: datetime, ordinal: int) -> str | None:
        """An envelope's address."""
        row = EnvelopeRow
        query = select(row.address).where(
            row.delivery_id == delivery_id, row.created_at == created_at, row.ordinal == ordinal
        )
        return await self._session.scalar(query)

    async def page(
        self, delivery_id: str, created_at: datetime, state: str | None, span: tuple[int, int]
    ) -> Sequence[EnvelopeRow]:
        """Envelopes behind an ordinal, at most so many; of one state, from the pages whose tally has it."""
        row, (after, limit) = EnvelopeRow, span
        query = select(row).where(row.delivery_id == delivery_id, row.created_at == created_at, row.ordinal > after)
        if state is None:
            return list(await self._session.scalars(query.order_by(row.ordinal).limit(limit)))
        found: list[EnvelopeRow] = []
        query, page_number = query.where(row.state == state), after // PAGE_SIZE + 1
        while len(found) < limit:
            values = {"delivery_id": delivery_id, "page_number": page_number, "state": state, "limit": _PAGES_AT_A_TIME}
            pages = list(await self._session.scalars(_PAGES_BEHIND, values))
            if not pages:
                break
            within = or_(*[row.ordinal.between(*page_bounds(number)) for number in pages])
            some = query.where(within).order_by(row.ordinal).limit(limit - len(found))
            found += await self._session.scalars(some)
            page_number = pages[-1] + 1
        return found

    async def words(self, delivery_id: str, created_at: datetime, rows: Sequence[EnvelopeRow]) -> dict[int, str]:
        """What servers said when they accepted these envelopes, by ordinal; the last time counts."""
        values = {
            "delivery_id": delivery_id, "created_at": created_at,
            "chunks": numbers(sorted({row.chunk_number for row in rows})),
            "ordinals": numbers([row.ordinal for row in rows]),
        }  # fmt: skip
        found = await self._session.execute(_WORDS, values) if rows else ()
        return {ordinal: said for ordinal, said in found if said}
