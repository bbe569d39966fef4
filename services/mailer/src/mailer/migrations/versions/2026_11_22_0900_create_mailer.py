"""The ledger: deliveries, chunks, envelopes and the send log by month, suppressions, and the chassis' own tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PARTITIONED = ("envelopes", "send_log")


def upgrade() -> None:
    op.create_table(
        "chunks",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("page_number", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Text(), server_default=sa.text("'default'"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("owner", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_abandoned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordinals", postgresql.ARRAY(sa.Integer()), nullable=True),
        sa.Column("open_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("state IN ('frozen','ready','leased','done')", name=op.f("ck_chunks_state")),
        sa.PrimaryKeyConstraint("delivery_id", "number", name=op.f("pk_chunks")),
        schema="mailer",
    )
    op.create_index(
        "ix_chunks_due",
        "chunks",
        ["next_at"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_index(
        "ix_chunks_leased",
        "chunks",
        ["owner"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("state = 'leased'"),
    )
    op.create_index(
        "ix_chunks_unfinished",
        "chunks",
        ["delivery_id"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("state <> 'done'"),
    )
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
        schema="mailer",
    )
    op.create_index(
        "ix_dead_letters_retry",
        "dead_letters",
        ["id"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("retry_requested_at IS NOT NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recipient_count", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tracking", postgresql.JSONB(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("recipients_digest", sa.Text(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=True),
        sa.Column("pulled_pages", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pull_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pull_problem", sa.Text(), nullable=True),
        sa.Column("plan_loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_held", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("control_revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('preparing','running','paused','finished','failed','cancelled')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("number", name=op.f("uq_deliveries_number")),
        schema="mailer",
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["created_at"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("state IN ('preparing','running','paused')"),
    )
    op.create_table(
        "delivery_progress",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rate_per_second", sa.Double(), nullable=False),
        sa.Column("expected_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_for", sa.Text(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_progress")),
        schema="mailer",
    )
    op.create_table(
        "delivery_secrets",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("k_msgid", sa.LargeBinary(), nullable=False),
        sa.Column("k_pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("shred_after", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_secrets")),
        schema="mailer",
    )
    op.create_table(
        "delivery_signals",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("control_revision", sa.Integer(), nullable=True),
        sa.Column("control_action", sa.Text(), nullable=True),
        sa.Column("plan_loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_signals")),
        schema="mailer",
    )
    op.create_table(
        "envelopes",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chunk_number", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("doubts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_code", sa.SmallInteger(), nullable=True),
        sa.Column("enhanced_code", sa.Text(), nullable=True),
        sa.Column("bounce_class", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=True),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued','deferred','in_doubt','sent','refused','suppressed',"
            "'expired','cancelled','bounced','complained')",
            name=op.f("ck_envelopes_state"),
        ),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", "created_at", name=op.f("pk_envelopes")),
        schema="mailer",
        postgresql_partition_by="RANGE (created_at)",
    )
    op.create_index(
        "ix_envelopes_delivery_id_state",
        "envelopes",
        ["delivery_id", "state", "ordinal"],
        unique=False,
        schema="mailer",
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
        schema="mailer",
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False, schema="mailer")
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "message_id", name=op.f("pk_inbox")),
        schema="mailer",
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False, schema="mailer")
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("coalesce_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        schema="mailer",
    )
    op.create_index(
        "ix_outbox_published_at",
        "outbox",
        ["published_at"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["position"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_index(
        "uq_outbox_coalesce_key",
        "outbox",
        ["coalesce_key"],
        unique=True,
        schema="mailer",
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "page_tallies",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("page_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "page_number", name=op.f("pk_page_tallies")),
        schema="mailer",
    )
    op.create_table(
        "recipient_pages",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("page_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient_count", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "page_number", name=op.f("pk_recipient_pages")),
        schema="mailer",
    )
    op.create_table(
        "send_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("chunk_number", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("statement_timestamp()"), nullable=False),
        sa.Column("reply_code", sa.SmallInteger(), nullable=True),
        sa.Column("enhanced_code", sa.Text(), nullable=True),
        sa.Column("bounce_class", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=True),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", "created_at", name=op.f("pk_send_log")),
        schema="mailer",
        postgresql_partition_by="RANGE (created_at)",
    )
    op.create_index(
        "ix_send_log_delivery_id_ordinal", "send_log", ["delivery_id", "ordinal"], unique=False, schema="mailer"
    )
    op.create_table(
        "suppressions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=True),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
        schema="mailer",
    )
    op.create_index("ix_suppressions_group_id", "suppressions", ["group_id", "id"], unique=False, schema="mailer")
    op.create_index(
        "uq_suppressions_address_hash",
        "suppressions",
        ["address_hash", sa.literal_column("coalesce(group_id, '')")],
        unique=True,
        schema="mailer",
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "workers",
        sa.Column("owner", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("boot_id", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_workers")),
        schema="mailer",
    )

    for table in _PARTITIONED:
        op.execute(f"CREATE TABLE mailer.{table}_default PARTITION OF mailer.{table} DEFAULT")
    # Room to update rows where they lie: an envelope is written once when it settles.
    op.execute("ALTER TABLE mailer.envelopes_default SET (fillfactor = 80)")
    op.execute("CREATE SEQUENCE mailer.retry_chunk_numbers START 1000001")


def downgrade() -> None:
    op.execute("DROP SEQUENCE mailer.retry_chunk_numbers")
    for table in (
        "workers", "suppressions", "send_log", "recipient_pages", "page_tallies", "outbox", "inbox",
        "idempotency_keys", "envelopes", "delivery_signals", "delivery_secrets", "delivery_progress", "deliveries",
        "dead_letters", "chunks",
    ):  # fmt: skip
        op.drop_table(table, schema="mailer")
