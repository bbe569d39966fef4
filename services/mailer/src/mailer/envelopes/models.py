"""The ledger: envelopes, the chunks they are claimed in, and the log that is written before the final dot."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Integer, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from common.contracts.mailer import EnvelopeState
from common.db.base import Id
from mailer.base import Base

_STATES = ",".join(f"'{state.value}'" for state in EnvelopeState if state is not EnvelopeState.SENDING)


class ChunkRow(Base):
    """A batch of envelopes of one page, claimed as a whole. Its epoch fences whoever held it before."""

    __tablename__ = "chunks"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The page's number, or one from `retry_chunk_numbers`."""
    page_number: Mapped[int]
    lane: Mapped[str] = mapped_column(server_default=text("'default'"))
    state: Mapped[str]
    """`frozen` until the delivery starts, then `ready`, `leased` and `done`."""
    epoch: Mapped[int] = mapped_column(server_default=text("0"))
    owner: Mapped[str | None] = mapped_column(Uuid(as_uuid=False))
    lease_until: Mapped[datetime | None]
    is_abandoned: Mapped[bool] = mapped_column(server_default=text("false"))
    """Its last owner is known to be gone, so nobody is between dot and answer."""
    next_at: Mapped[datetime]
    ordinals: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """None: the whole page."""
    open_count: Mapped[int] = mapped_column(server_default=text("0"))
    """Envelopes in the owner's hands at its last settling; shown as `sending`."""

    __table_args__ = (
        CheckConstraint("state IN ('frozen','ready','leased','done')", name="state"),
        Index("ix_chunks_due", "next_at", postgresql_where=text("state = 'ready'")),
        Index("ix_chunks_leased", "owner", postgresql_where=text("state = 'leased'")),
        Index("ix_chunks_unfinished", "delivery_id", postgresql_where=text("state <> 'done'")),
    )


class EnvelopeRow(Base):
    """One message to one recipient in one delivery. Written when it settles, never once per message."""

    __tablename__ = "envelopes"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    """The delivery's; it chooses the partition."""
    chunk_number: Mapped[int] = mapped_column(BigInteger)
    """The one chunk that may act on it."""
    address: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    doubts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """How often a connection broke between its final dot and the answer."""
    next_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reply_code: Mapped[int | None] = mapped_column(SmallInteger)
    enhanced_code: Mapped[str | None]
    bounce_class: Mapped[str | None]
    verb: Mapped[str | None]
    """The command the reply answered."""
    reply_text: Mapped[str | None]

    __table_args__: tuple[Any, ...] = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        {"postgresql_partition_by": "RANGE (created_at)"},
    )


class SendLogRow(Base):
    """What happened at the wire, in order; only ever appended to.

    One row for all envelopes of a chunk that had the same thing happen to them in one group: intents and acceptances
    cost next to nothing each.
    """

    __tablename__ = "send_log"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    """The delivery's; it chooses the partition."""
    delivery_id: Mapped[Id]
    chunk_number: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[int]
    kind: Mapped[int] = mapped_column(SmallInteger)
    """`envelopes.rules.Entry`."""
    at: Mapped[datetime] = mapped_column(server_default=text("statement_timestamp()"))
    """When the statement that wrote it began: what was committed before then, it honoured."""
    ordinals: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    reply_code: Mapped[int | None] = mapped_column(SmallInteger)
    enhanced_code: Mapped[str | None]
    bounce_class: Mapped[str | None]
    verb: Mapped[str | None]
    texts: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    """The server's words, one for each ordinal."""

    __table_args__: tuple[Any, ...] = (
        Index("ix_send_log_delivery_id_chunk_number", "delivery_id", "chunk_number"),
        {"postgresql_partition_by": "RANGE (created_at)"},
    )


class TallyRow(Base):
    """Envelopes of one page by state, counted anew from their rows whenever the page changes."""

    __tablename__ = "page_tallies"

    delivery_id: Mapped[Id] = mapped_column(primary_key=True)
    page_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counts: Mapped[dict[str, Any]]


class WorkerRow(Base):
    """A sending process. It holds a session advisory lock on its owner id for as long as it lives."""

    __tablename__ = "workers"

    owner: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    host: Mapped[str]
    boot_id: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    last_seen: Mapped[datetime]
