"""The send log holds groups of envelopes; what to do in doubt; no index that settling would have to change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SCHEMA = "mailer"
# Every envelope is changed once: half of a page is kept for that, and no index has to change.
_FILL = """
DO $$ DECLARE part regclass; BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'mailer.envelopes'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = {fillfactor})', part);
  END LOOP;
END $$
"""
_DECISIONS = "in_doubt IN ('resend','skip','ask')"


def upgrade() -> None:
    op.add_column(
        "deliveries",
        sa.Column("in_doubt", sa.Text(), server_default=sa.text("'resend'"), nullable=False),
        schema=_SCHEMA,
    )
    op.create_check_constraint(op.f("ck_deliveries_in_doubt"), "deliveries", _DECISIONS, schema=_SCHEMA)
    op.add_column("send_log", sa.Column("ordinals", postgresql.ARRAY(sa.Integer()), nullable=True), schema=_SCHEMA)
    op.add_column("send_log", sa.Column("texts", postgresql.ARRAY(sa.Text()), nullable=True), schema=_SCHEMA)
    op.execute("UPDATE mailer.send_log SET ordinals = ARRAY[ordinal], texts = ARRAY[reply_text] WHERE ordinals IS NULL")
    op.alter_column("send_log", "ordinals", nullable=False, schema=_SCHEMA)
    op.drop_index("ix_send_log_delivery_id_ordinal", table_name="send_log", schema=_SCHEMA)
    op.drop_column("send_log", "ordinal", schema=_SCHEMA)
    op.drop_column("send_log", "reply_text", schema=_SCHEMA)
    op.create_index("ix_send_log_delivery_id_chunk_number", "send_log", ["delivery_id", "chunk_number"], schema=_SCHEMA)
    op.drop_index("ix_envelopes_delivery_id_state", table_name="envelopes", schema=_SCHEMA)
    op.execute(_FILL.format(fillfactor=50))


def downgrade() -> None:
    op.execute(_FILL.format(fillfactor=100))
    op.create_index("ix_envelopes_delivery_id_state", "envelopes", ["delivery_id", "state", "ordinal"], schema=_SCHEMA)
    op.drop_index("ix_send_log_delivery_id_chunk_number", table_name="send_log", schema=_SCHEMA)
    op.add_column("send_log", sa.Column("ordinal", sa.Integer(), nullable=True), schema=_SCHEMA)
    op.add_column("send_log", sa.Column("reply_text", sa.Text(), nullable=True), schema=_SCHEMA)
    op.execute(
        "INSERT INTO mailer.send_log (created_at, delivery_id, ordinal, chunk_number, epoch, kind, at, reply_code,"
        " enhanced_code, bounce_class, verb, reply_text, ordinals)"
        " SELECT created_at, delivery_id, o.ordinal, chunk_number, epoch, kind, at, reply_code, enhanced_code,"
        " bounce_class, verb, texts[o.position], ordinals"
        " FROM mailer.send_log, unnest(ordinals) WITH ORDINALITY AS o(ordinal, position) ORDER BY id, o.position"
    )
    op.execute("DELETE FROM mailer.send_log WHERE ordinal IS NULL")
    op.alter_column("send_log", "ordinal", nullable=False, schema=_SCHEMA)
    op.drop_column("send_log", "ordinals", schema=_SCHEMA)
    op.drop_column("send_log", "texts", schema=_SCHEMA)
    op.create_index("ix_send_log_delivery_id_ordinal", "send_log", ["delivery_id", "ordinal"], schema=_SCHEMA)
    op.drop_constraint(op.f("ck_deliveries_in_doubt"), "deliveries", schema=_SCHEMA)
    op.drop_column("deliveries", "in_doubt", schema=_SCHEMA)
