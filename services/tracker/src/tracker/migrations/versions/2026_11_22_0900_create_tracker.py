"""Everything tracker keeps: plans, reactions by month, counters, and the chassis' own tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEEN_PARTITIONS = 8


def upgrade() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letters")),
        sa.UniqueConstraint("consumer", "message_id", name="uq_dead_letters_consumer_message_id"),
        schema="tracker",
    )
    op.create_index(
        "ix_dead_letters_retry",
        "dead_letters",
        ["id"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("retry_requested_at IS NOT NULL"),
    )
    op.create_table(
        "delivery_tallies",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.Column("clicks", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("stated_revision", sa.BigInteger(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("delivery_number", name=op.f("pk_delivery_tallies")),
        schema="tracker",
    )
    op.create_index(
        "ix_delivery_tallies_unstated",
        "delivery_tallies",
        ["delivery_number"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("revision > stated_revision"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotency_keys")),
        schema="tracker",
    )
    op.create_index(
        "ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False, schema="tracker"
    )
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "message_id", name=op.f("pk_inbox")),
        schema="tracker",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False, schema="tracker")
    op.create_table(
        "intakes",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_intakes")),
        schema="tracker",
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("coalesce_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        schema="tracker",
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["position"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "uq_outbox_coalesce_key",
        "outbox",
        ["coalesce_key"],
        unique=True,
        schema="tracker",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "people",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("link_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("humans", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_number", "kind", "link_number", name=op.f("pk_people")),
        schema="tracker",
    )
    op.create_table(
        "plans",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("links", postgresql.JSONB(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('live', 'test', 'rehearsal')", name=op.f("ck_plans_kind")),
        sa.CheckConstraint("level IN ('off', 'blind', 'unique', 'anonymous', 'personal')", name=op.f("ck_plans_level")),
        sa.PrimaryKeyConstraint("delivery_number", name=op.f("pk_plans")),
        schema="tracker",
    )
    op.create_index(
        "ix_plans_waiting",
        "plans",
        ["position"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("loaded_at IS NULL"),
    )
    op.create_index("uq_plans_delivery_id", "plans", ["delivery_id"], unique=True, schema="tracker")
    op.create_index("uq_plans_position", "plans", ["position"], unique=True, schema="tracker")
    op.create_table(
        "reactions",
        sa.Column("spool_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.BigInteger(), nullable=False),
        sa.Column("record_offset", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("link_number", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "judgement IN ('human', 'unknown', 'proxy', 'scanner')", name=op.f("ck_reactions_judgement")
        ),
        sa.CheckConstraint("kind IN ('open', 'click')", name=op.f("ck_reactions_kind")),
        sa.PrimaryKeyConstraint("spool_id", "segment", "record_offset", "at", name=op.f("pk_reactions")),
        schema="tracker",
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index(
        "ix_reactions_delivery_number_at",
        "reactions",
        ["delivery_number", "at"],
        unique=False,
        schema="tracker",
        postgresql_using="brin",
    )
    op.create_table(
        "seen",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("link_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_human_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hits", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_number", "kind", "link_number", "subject", name=op.f("pk_seen")),
        schema="tracker",
        postgresql_partition_by="HASH (delivery_number)",
    )
    op.create_table(
        "tallies",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("link_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "delivery_number", "kind", "link_number", "period_start", "judgement", name=op.f("pk_tallies")
        ),
        schema="tracker",
    )

    op.execute("CREATE TABLE tracker.reactions_default PARTITION OF tracker.reactions DEFAULT")
    for remainder in range(_SEEN_PARTITIONS):
        op.execute(
            f"CREATE TABLE tracker.seen_{remainder} PARTITION OF tracker.seen"
            f" FOR VALUES WITH (MODULUS {_SEEN_PARTITIONS}, REMAINDER {remainder})"
        )


def downgrade() -> None:
    for table in (
        "tallies",
        "seen",
        "reactions",
        "plans",
        "people",
        "outbox",
        "intakes",
        "inbox",
        "idempotency_keys",
        "delivery_tallies",
        "dead_letters",
    ):
        op.drop_table(table, schema="tracker")
