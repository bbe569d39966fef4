"""Queries on the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.mailer import EnvelopeState
from mailer.envelopes.literals import numbers
from mailer.envelopes.models import ChunkRow, TallyRow
from mailer.envelopes.owner import lock_key
from mailer.envelopes.rules import DUE
from mailer.envelopes.work import Lease

_QUEUED = EnvelopeState.QUEUED.value
PAGE_SIZE = 1_000
"""Recipients of one page and envelopes of one chunk."""


class DueEnvelope(NamedTuple):
    """What claiming needs to know of an envelope."""

    ordinal: int
    address: str
    state: str
    attempts: int
    doubts: int
    reply_code: int | None
    enhanced_code: str | None
    bounce_class: str | None
    verb: str | None
    reply_text: str | None


_CLAIM = text(
    """
UPDATE mailer.chunks c
   SET state = 'leased', epoch = c.epoch + 1, owner = CAST(:owner AS uuid), open_count = 0, is_abandoned = false,
       lease_until = clock_timestamp() + make_interval(secs => :seconds)
  FROM (SELECT delivery_id, number, is_abandoned FROM mailer.chunks
         WHERE delivery_id = CAST(:delivery_id AS uuid)
           AND lane <> ALL(CAST(:resting AS text[]))
           AND ((state = 'ready' AND next_at <= clock_timestamp())
             OR (state = 'leased' AND lease_until < clock_timestamp()))
         ORDER BY next_at, number LIMIT :limit FOR UPDATE SKIP LOCKED) due
 WHERE c.delivery_id = due.delivery_id AND c.number = due.number
RETURNING c.delivery_id, c.number, c.page_number, c.epoch, c.ordinals, due.is_abandoned
"""
)
_OWNERS = text("SELECT DISTINCT owner FROM mailer.chunks WHERE state = 'leased' AND owner <> CAST(:me AS uuid)")
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)")
_ABANDON = text(
    "UPDATE mailer.chunks SET state = 'ready', owner = NULL, lease_until = NULL, is_abandoned = true"
    " WHERE owner = CAST(:owner AS uuid) AND state = 'leased'"
)
_HELD = text(
    "SELECT 1 FROM mailer.chunks WHERE delivery_id = CAST(:delivery_id AS uuid) AND number = :number"
    " AND epoch = :epoch AND owner = CAST(:owner AS uuid) AND state = 'leased' FOR SHARE"
)
_LAST_ENTRIES = text(
    """
SELECT DISTINCT ON (o.ordinal) o.ordinal, l.kind, l.at, l.reply_code, l.enhanced_code, l.bounce_class, l.verb,
       nullif(l.texts[o.position], '') AS reply_text
  FROM mailer.send_log l, unnest(l.ordinals) WITH ORDINALITY AS o(ordinal, position)
 WHERE l.delivery_id = CAST(:delivery_id AS uuid) AND l.created_at = :created_at
   AND l.chunk_number = :number AND o.ordinal = ANY(CAST(:ordinals AS int[]))
 ORDER BY o.ordinal, l.id DESC
"""
)
_DUE = text(
    f"""
SELECT {", ".join(DueEnvelope._fields)}
  FROM mailer.envelopes
 WHERE delivery_id = CAST(:delivery_id AS uuid) AND created_at = :created_at AND ordinal BETWEEN :first AND :last
   AND chunk_number = :number AND state IN ({", ".join(f"'{state.value}'" for state in sorted(DUE))})
   AND (CAST(:ordinals AS int[]) IS NULL OR ordinal = ANY(CAST(:ordinals AS int[])))
 ORDER BY ordinal
"""  # noqa: S608 - names of ours
)
# No join: whatever the planner believes of a table that was empty a second ago, this goes by the key.
_SETTLE_SENT = text(
    """
UPDATE mailer.envelopes
   SET state = 'sent', attempts = attempts + 1, next_at = NULL, settled_at = :now, reply_code = :reply_code,
       enhanced_code = :enhanced_code, bounce_class = NULL, verb = '.', reply_text = NULL
 WHERE delivery_id = CAST(:delivery_id AS uuid) AND created_at = :created_at
   AND ordinal = ANY(CAST(:ordinals AS int[])) AND chunk_number = :number
   AND state IN ('queued', 'deferred', 'in_doubt')
"""
)
_WITHOUT_NESTED_LOOPS = text("SET LOCAL enable_nestloop = off")
"""A page joined with a page by nested loops costs a third of a second."""
_MOVE = text(
    """
UPDATE mailer.envelopes SET chunk_number = :into
 WHERE delivery_id = CAST(:delivery_id AS uuid) AND created_at = :created_at
   AND ordinal = ANY(CAST(:ordinals AS int[])) AND chunk_number = :number
"""
)
_SETTLE = text(
    """
UPDATE mailer.envelopes e
   SET state = s.state, chunk_number = s.chunk_number, attempts = e.attempts + s.attempts,
       doubts = e.doubts + s.doubts, next_at = s.next_at, settled_at = :now, reply_code = s.reply_code,
       enhanced_code = s.enhanced_code, bounce_class = s.bounce_class, verb = s.verb, reply_text = s.reply_text
  FROM unnest(CAST(:ordinals AS int[]), CAST(:states AS text[]), CAST(:chunks AS bigint[]), CAST(:attempts AS int[]),
              CAST(:doubts AS int[]), CAST(:next_ats AS timestamptz[]), CAST(:codes AS smallint[]),
              CAST(:enhanced AS text[]), CAST(:classes AS text[]), CAST(:verbs AS text[]), CAST(:texts AS text[]))
       AS s(ordinal, state, chunk_number, attempts, doubts, next_at, reply_code, enhanced_code, bounce_class, verb,
            reply_text)
 WHERE e.delivery_id = CAST(:delivery_id AS uuid) AND e.created_at = :created_at AND e.ordinal = s.ordinal
   AND e.ordinal BETWEEN :first AND :last
   AND e.chunk_number = :number AND e.state IN ('queued', 'deferred', 'in_doubt')
"""
)
_LOG_RESOLVED = text(
    """
INSERT INTO mailer.send_log (created_at, delivery_id, chunk_number, epoch, kind, ordinals)
VALUES (:created_at, CAST(:delivery_id AS uuid), :number, :epoch, 6, CAST(:ordinals AS int[]))
"""
)
_RECOUNT = text(
    """
INSERT INTO mailer.page_tallies (delivery_id, page_number, counts)
SELECT CAST(:delivery_id AS uuid), :page_number, coalesce(jsonb_object_agg(state, n), '{}')
  FROM (SELECT state, count(*) AS n FROM mailer.envelopes
         WHERE delivery_id = CAST(:delivery_id AS uuid) AND created_at = :created_at
           AND ordinal BETWEEN :first AND :last GROUP BY state) counted
ON CONFLICT (delivery_id, page_number) DO UPDATE SET counts = excluded.counts
"""
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Envelopes that were accepted with the same codes."""

    ordinals: Sequence[int]
    reply_code: int | None
    enhanced_code: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """Which chunks somebody would take: of which delivery, and not those of lanes that have to wait."""

    owner: str
    delivery_id: str
    resting: Sequence[str]
    seconds: int


async def claim(session: AsyncSession, wish: Wish, *, limit: int) -> list[Lease]:
    """Lease chunks that are due, or whose lease ran out; each gets a new epoch."""
    values = {
        "owner": wish.owner, "delivery_id": wish.delivery_id, "limit": limit, "seconds": wish.seconds,
        "resting": list(wish.resting),
    }  # fmt: skip
    rows = await session.execute(_CLAIM, values)
    return [
        Lease(str(row.delivery_id), row.number, row.page_number, row.epoch, row.ordinals, row.is_abandoned)
        for row in rows
    ]


async def abandon_of_the_dead(session: AsyncSession, me: str) -> int:
    """Set free what owners hold whose process is gone; returns how many chunks."""
    freed = 0
    for (owner,) in (await session.execute(_OWNERS, {"me": me})).all():
        if await session.scalar(_TRY_LOCK, {"key": lock_key(str(owner))}):
            freed += (await session.execute(_ABANDON, {"owner": str(owner)})).rowcount  # type: ignore[attr-defined]
    return freed


async def holds(session: AsyncSession, owner: str, lease: Lease) -> bool:
    """Whether a lease is still ours; if so nobody can take it before the transaction ends.

    Shared, because the gate shares it too and must not wait for settling.
    """
    values = {"delivery_id": lease.delivery_id, "number": lease.number, "epoch": lease.epoch, "owner": owner}
    return (await session.execute(_HELD, values)).first() is not None


async def due_envelopes(session: AsyncSession, lease: Lease, created_at: datetime) -> Sequence[DueEnvelope]:
    """The envelopes a chunk has to act on, in order."""
    first, last = page_bounds(lease.page_number)
    values = {
        "delivery_id": lease.delivery_id, "created_at": created_at, "number": lease.number, "first": first,
        "last": last, "ordinals": None if lease.ordinals is None else numbers(lease.ordinals),
    }  # fmt: skip
    return [DueEnvelope(*each) for each in await session.execute(_DUE, values)]


def untouched(ordinal: int, address: str) -> DueEnvelope:
    """An envelope as it is frozen."""
    return DueEnvelope(ordinal, address, _QUEUED, 0, 0, None, None, None, None, None)


def page_bounds(page_number: int) -> tuple[int, int]:
    """First and last ordinal of a page."""
    return (page_number - 1) * PAGE_SIZE + 1, page_number * PAGE_SIZE


async def last_entries(
    session: AsyncSession, lease: Lease, created_at: datetime, ordinals: Sequence[int]
) -> dict[int, RowMapping]:
    """The last thing the send log says about each envelope within a chunk."""
    values = {
        "delivery_id": lease.delivery_id, "created_at": created_at, "number": lease.number, "ordinals": list(ordinals),
    }  # fmt: skip
    rows = await session.execute(_LAST_ENTRIES, values)
    return {row["ordinal"]: row for row in rows.mappings()}


async def settle_sent(
    session: AsyncSession, lease: Lease, created_at: datetime, accepted: Accepted, now: datetime
) -> None:
    """Write which envelopes were accepted; the servers' words are in the send log and stay there."""
    values = {
        "delivery_id": lease.delivery_id, "created_at": created_at, "number": lease.number, "now": now,
        "ordinals": numbers(accepted.ordinals), "reply_code": accepted.reply_code,
        "enhanced_code": accepted.enhanced_code,
    }  # fmt: skip
    await session.execute(_SETTLE_SENT, values)


async def move(session: AsyncSession, lease: Lease, created_at: datetime, into: int, ordinals: Sequence[int]) -> None:
    """Put envelopes of a chunk into another one."""
    values = {
        "delivery_id": lease.delivery_id, "created_at": created_at, "number": lease.number, "into": into,
        "ordinals": list(ordinals),
    }  # fmt: skip
    await session.execute(_MOVE, values)


async def settle(session: AsyncSession, lease: Lease, created_at: datetime, columns: dict[str, Any]) -> int:
    """Write where envelopes went; returns how many rows there were."""
    first, last = page_bounds(lease.page_number)
    values = {
        "delivery_id": lease.delivery_id, "created_at": created_at, "number": lease.number, "first": first,
        "last": last, **columns,
    }  # fmt: skip
    await session.execute(_WITHOUT_NESTED_LOOPS)
    return (await session.execute(_SETTLE, values)).rowcount  # type: ignore[attr-defined, no-any-return]


async def log_resolved(session: AsyncSession, lease: Lease, created_at: datetime, ordinals: Sequence[int]) -> None:
    """Note doubts that were decided without another attempt."""
    values = {
        "created_at": created_at, "delivery_id": lease.delivery_id, "number": lease.number, "epoch": lease.epoch,
        "ordinals": list(ordinals),
    }  # fmt: skip
    await session.execute(_LOG_RESOLVED, values)


async def recount(session: AsyncSession, delivery_id: str, page_number: int, created_at: datetime) -> None:
    """Count a page's envelopes anew; the only way its tally ever changes."""
    first, last = page_bounds(page_number)
    values = {
        "delivery_id": delivery_id, "page_number": page_number, "created_at": created_at, "first": first, "last": last,
    }  # fmt: skip
    await session.execute(_RECOUNT, values)


async def add_chunk(session: AsyncSession, values: dict[str, Any]) -> None:
    """Store a chunk."""
    await session.execute(insert(ChunkRow).values(values))


async def retry_number(session: AsyncSession) -> int:
    """A number for a chunk that is not a page's first."""
    return int(await session.scalar(text("SELECT nextval('mailer.retry_chunk_numbers')")) or 0)


async def end_lease(session: AsyncSession, lease: Lease, *, state: str, open_count: int = 0) -> None:
    """Note how many envelopes are in hand (`leased`), give a chunk back (`ready`), or close it (`done`)."""
    values: dict[str, Any] = {"state": state, "open_count": open_count}
    if state != "leased":
        values |= {"owner": None, "lease_until": None, "is_abandoned": False}
    row = ChunkRow
    await session.execute(
        update(row).where(row.delivery_id == lease.delivery_id, row.number == lease.number).values(values)
    )


async def tallies(session: AsyncSession, delivery_id: str) -> tuple[list[dict[str, int]], int]:
    """Counts of every page, and how many envelopes are in senders' hands; of one instant."""
    pages = list(await session.scalars(select(TallyRow.counts).where(TallyRow.delivery_id == delivery_id)))
    opened = select(func.coalesce(func.sum(ChunkRow.open_count), 0)).where(
        ChunkRow.delivery_id == delivery_id, ChunkRow.state == "leased"
    )
    return pages, int(await session.scalar(opened) or 0)
