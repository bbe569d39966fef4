"""The gate: no final dot without an intent that is committed (`reliability` D1).

One statement serves all connections of the process. It grants what may be sent at that instant and writes the
outcomes of what was sent before; the next one starts when it returns, with everything that was asked meanwhile.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from common.observability.logging import get_logger
from mailer.config import SendingSettings
from mailer.envelopes import metrics
from mailer.envelopes.owner import Owner, register
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Lease

log = get_logger()
MAX_GROUP = 500
_RECONNECT_SECONDS = 0.25

# FOR SHARE conflicts with claiming the chunk, with changing the delivery's state, and waits for either; a row that
# changed meanwhile is judged anew. So pausing, fencing and suppressing are linearizable with sending.
_FLUSH = text(
    """
WITH want AS (
  SELECT * FROM unnest(CAST(:deliveries AS uuid[]), CAST(:chunks AS bigint[]), CAST(:epochs AS int[]),
                       CAST(:ordinals AS int[]), CAST(:hashes AS bytea[]))
         AS w(delivery_id, chunk_number, epoch, ordinal, address_hash)
), ok AS (
  SELECT w.delivery_id, w.chunk_number, w.epoch, w.ordinal, d.created_at
    FROM want w
    JOIN mailer.chunks c ON c.delivery_id = w.delivery_id AND c.number = w.chunk_number
    JOIN mailer.deliveries d ON d.id = w.delivery_id
   WHERE c.epoch = w.epoch AND c.owner = CAST(:owner AS uuid) AND c.state = 'leased'
     AND c.lease_until > clock_timestamp() AND d.state = 'running'
     AND NOT EXISTS (SELECT 1 FROM mailer.suppressions s
                      WHERE s.address_hash = w.address_hash AND s.lifted_at IS NULL
                        AND (s.group_id IS NULL OR s.group_id = d.group_id))
     FOR SHARE OF c, d
), intents AS (
  INSERT INTO mailer.send_log (created_at, delivery_id, ordinal, chunk_number, epoch, kind)
  SELECT created_at, delivery_id, ordinal, chunk_number, epoch, 1 FROM ok
), acks AS (
  INSERT INTO mailer.send_log (created_at, delivery_id, ordinal, chunk_number, epoch, kind,
                               reply_code, enhanced_code, bounce_class, verb, reply_text)
  SELECT * FROM unnest(CAST(:a_created AS timestamptz[]), CAST(:a_deliveries AS uuid[]), CAST(:a_ordinals AS int[]),
                       CAST(:a_chunks AS bigint[]), CAST(:a_epochs AS int[]), CAST(:a_kinds AS smallint[]),
                       CAST(:a_codes AS smallint[]), CAST(:a_enhanced AS text[]), CAST(:a_classes AS text[]),
                       CAST(:a_verbs AS text[]), CAST(:a_texts AS text[]))
)
SELECT delivery_id, ordinal FROM ok
"""
)
_RENEW = text(
    "UPDATE mailer.chunks SET lease_until = clock_timestamp() + make_interval(secs => :seconds)"
    " WHERE owner = CAST(:owner AS uuid) AND state = 'leased'"
)


@dataclass(slots=True)
class Want:
    """A question to the gate; `granted` is answered after the commit."""

    lease: Lease
    ordinal: int
    address_hash: bytes
    granted: "asyncio.Future[bool]"


@dataclass(frozen=True, slots=True)
class Ack:
    """An outcome on its way into the send log; `on_recorded` runs after the commit."""

    lease: Lease
    created_at: datetime
    ordinal: int
    entry: Entry
    outcome: Outcome
    on_recorded: Callable[[], None]


class Gate:
    """Asks PostgreSQL for permission, in groups, on a connection that also proves that this process lives."""

    def __init__(self, engine: AsyncEngine, owner: Owner, settings: SendingSettings) -> None:
        self._engine = engine
        self._owner = owner
        self._settings = settings
        self._wants: list[Want] = []
        self._acks: list[Ack] = []
        self._work = asyncio.Event()
        self._renewed_at = float("-inf")
        self.is_open = asyncio.Event()
        """The owner's lock is held: leases may be taken."""

    def ask(self, lease: Lease, ordinal: int, address_hash: bytes) -> "asyncio.Future[bool]":
        """Whether an envelope may be sent now; true means that its intent is committed."""
        granted = asyncio.get_running_loop().create_future()
        self._wants.append(Want(lease, ordinal, address_hash, granted))
        self._work.set()
        return granted

    def record(self, ack: Ack) -> None:
        """Have an outcome written with the next group; until then it is kept, also while PostgreSQL is away."""
        self._acks.append(ack)
        self._work.set()

    @property
    def may_start(self) -> bool:
        """Whether the leases are surely still ours, by the monotonic clock and with a margin for one transaction."""
        return time.monotonic() - self._renewed_at < self._settings.lease_seconds * 2 / 3

    @property
    def has_unrecorded(self) -> bool:
        """Whether outcomes are not in the database yet."""
        return bool(self._acks)

    async def run(self) -> None:
        """Flush until cancelled; PostgreSQL may come and go."""
        while True:
            try:
                async with self._engine.connect() as plain:
                    connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                    await register(connection, self._owner)
                    await self._renew(connection)
                    self.is_open.set()
                    await self._serve(connection)
            except (SQLAlchemyError, OSError) as error:
                log.warning("the ledger is away", error=type(error).__name__)
            finally:
                self.is_open.clear()
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _serve(self, connection: AsyncConnection) -> None:
        while True:
            due = self._settings.renew_seconds - (time.monotonic() - self._renewed_at)
            try:
                async with asyncio.timeout(max(due, 0)):
                    await self._work.wait()
            except TimeoutError:
                pass
            if time.monotonic() - self._renewed_at >= self._settings.renew_seconds:
                await register(connection, self._owner)
                await self._renew(connection)
            self._work.clear()
            while self._wants or self._acks:
                await self._flush(connection)

    async def _renew(self, connection: AsyncConnection) -> None:
        before = time.monotonic()
        await connection.execute(_RENEW, {"owner": self._owner.id, "seconds": self._settings.lease_seconds})
        self._renewed_at = before

    async def _flush(self, connection: AsyncConnection) -> None:
        wants = [want for want in self._wants[:MAX_GROUP] if not want.granted.done()]
        acks = self._acks[:MAX_GROUP]
        del self._wants[:MAX_GROUP]
        del self._acks[: len(acks)]
        if not wants and not acks:
            return
        began = time.monotonic()
        try:
            rows = await connection.execute(_FLUSH, _parameters(self._owner, wants, acks))
        except BaseException:
            # Perhaps committed, perhaps not: both rows may then stand twice in the log, which changes nothing.
            self._wants[:0] = wants
            self._acks[:0] = acks
            self._work.set()
            raise
        granted = {(str(delivery_id), ordinal) for delivery_id, ordinal in rows}
        metrics.GATE_SECONDS.inc(time.monotonic() - began)
        metrics.INTENTS.labels("yes").inc(len(granted))
        metrics.INTENTS.labels("no").inc(len(wants) - len(granted))
        for want in wants:
            if not want.granted.done():
                want.granted.set_result((want.lease.delivery_id, want.ordinal) in granted)
        for ack in acks:
            ack.on_recorded()


def _parameters(owner: Owner, wants: Sequence[Want], acks: Sequence[Ack]) -> dict[str, object]:
    outcomes = [ack.outcome for ack in acks]
    return {
        "owner": owner.id,
        "deliveries": [want.lease.delivery_id for want in wants],
        "chunks": [want.lease.number for want in wants],
        "epochs": [want.lease.epoch for want in wants],
        "ordinals": [want.ordinal for want in wants],
        "hashes": [want.address_hash for want in wants],
        "a_created": [ack.created_at for ack in acks],
        "a_deliveries": [ack.lease.delivery_id for ack in acks],
        "a_ordinals": [ack.ordinal for ack in acks],
        "a_chunks": [ack.lease.number for ack in acks],
        "a_epochs": [ack.lease.epoch for ack in acks],
        "a_kinds": [int(ack.entry) for ack in acks],
        "a_codes": [outcome.reply_code for outcome in outcomes],
        "a_enhanced": [outcome.enhanced_code for outcome in outcomes],
        "a_classes": [outcome.bounce_class for outcome in outcomes],
        "a_verbs": [outcome.verb for outcome in outcomes],
        "a_texts": [outcome.reply_text for outcome in outcomes],
    }
