"""The tables of the chassis: facts on their way, facts handled, facts given up, answers kept."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

revision = "2026_11_22_0900"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        Column("position", BigInteger(), Identity(always=False), nullable=False),
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("subject", Text(), nullable=False),
        Column("body", Text(), nullable=False),
        Column("headers", JSONB(), nullable=False),
        Column("coalesce_key", Text(), nullable=True),
        Column("created_at", INSTANT, nullable=False),
        Column("published_at", INSTANT, nullable=True),
        PrimaryKeyConstraint("position", name="pk_outbox"),
        schema="hub",
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        schema="hub",
        postgresql_where=text("published_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting", "outbox", ["position"], schema="hub", postgresql_where=text("published_at IS NULL")
    )
    op.create_index(
        "uq_outbox_coalesce_key",
        "outbox",
        ["coalesce_key"],
        unique=True,
        schema="hub",
        postgresql_where=text("published_at IS NULL"),
    )
    op.create_table(
        "inbox",
        Column("consumer", Text(), nullable=False),
        Column("message_id", Text(), nullable=False),
        Column("received_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("consumer", "message_id", name="pk_inbox"),
        schema="hub",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], schema="hub")
    op.create_table(
        "dead_letters",
        Column("id", BigInteger(), Identity(always=False), nullable=False),
        Column("consumer", Text(), nullable=False),
        Column("message_id", Text(), nullable=False),
        Column("subject", Text(), nullable=False),
        Column("body", Text(), nullable=False),
        Column("headers", JSONB(), nullable=False),
        Column("error", Text(), nullable=False),
        Column("attempts", Integer(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("retry_requested_at", INSTANT, nullable=True),
        PrimaryKeyConstraint("id", name="pk_dead_letters"),
        UniqueConstraint("consumer", "message_id", name="uq_dead_letters_consumer_message_id"),
        schema="hub",
    )
    op.create_index(
        "ix_dead_letters_retry",
        "dead_letters",
        ["id"],
        schema="hub",
        postgresql_where=text("retry_requested_at IS NOT NULL"),
    )
    op.create_table(
        "idempotency_keys",
        Column("caller", Text(), nullable=False),
        Column("key", Text(), nullable=False),
        Column("fingerprint", Text(), nullable=False),
        Column("status", Integer(), nullable=True),
        Column("headers", JSONB(), nullable=True),
        Column("body", Text(), nullable=True),
        Column("created_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("caller", "key", name="pk_idempotency_keys"),
        schema="hub",
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], schema="hub")


def downgrade() -> None:
    op.drop_table("idempotency_keys", schema="hub")
    op.drop_table("dead_letters", schema="hub")
    op.drop_table("inbox", schema="hub")
    op.drop_table("outbox", schema="hub")
