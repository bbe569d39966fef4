"""Reports, complaints, and what suppresses an address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_REASONS = """
UPDATE mailer.suppressions
   SET note = left(reason, 500),
       reason = CASE WHEN reason LIKE 'unsubscribed%' OR reason IN ('one_click','page','mail','staff')
                     THEN 'unsubscribe'
                     WHEN reason = 'the mailbox does not exist' THEN 'unknown_mailbox'
                     ELSE 'manual' END
"""


def upgrade() -> None:
    for name in ("note", "added_by", "lifted_by", "lift_note"):
        op.add_column("suppressions", sa.Column(name, sa.Text(), nullable=True), schema="mailer")
    op.execute(_REASONS)
    op.execute("CREATE INDEX ix_suppressions_address ON mailer.suppressions (lower(address) text_pattern_ops)")
    _strikes()
    _bounces()
    _reports()
    _sources()
    op.create_table(
        "bounce_watches",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("permanent_count", sa.Integer(), nullable=False),
        sa.Column("unsent_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_reason", sa.Text(), nullable=True),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_bounce_watches")),
        schema="mailer",
    )


def _strikes() -> None:
    op.create_table(
        "suppression_strikes",
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("bounce_class", sa.Text(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("address_hash", "delivery_id", name=op.f("pk_suppression_strikes")),
        schema="mailer",
    )
    op.create_index(
        "ix_suppression_strikes_unjudged",
        "suppression_strikes",
        ["address_hash"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("judged_at IS NULL"),
    )
    op.create_index("ix_suppression_strikes_mailed_at", "suppression_strikes", ["mailed_at"], schema="mailer")


def _bounces() -> None:
    op.create_table(
        "bounces",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("seen", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("bounce_class", sa.Text(), nullable=True),
        sa.Column("permanent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("enhanced_code", sa.Text(), nullable=True),
        sa.Column("reply_code", sa.SmallInteger(), nullable=True),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("auto_replies", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("waiting", sa.Text(), nullable=True),
        sa.Column("first_waited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", name=op.f("pk_bounces")),
        schema="mailer",
    )
    op.create_index(
        "ix_bounces_waiting_since",
        "bounces",
        ["waiting_since"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("waiting IS NOT NULL"),
    )
    op.create_index(
        "ix_bounces_bounce_class",
        "bounces",
        ["delivery_id", "bounce_class"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("bounced_at IS NOT NULL"),
    )


def _reports() -> None:
    op.create_table(
        "bounce_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("octets", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce_reports")),
        schema="mailer",
    )
    op.create_index("ix_bounce_reports_received_at", "bounce_reports", ["received_at"], schema="mailer")
    op.create_index(
        "ix_bounce_reports_unmatched",
        "bounce_reports",
        ["id"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("delivery_id IS NULL"),
    )


def _sources() -> None:
    op.create_table(
        "bounce_sources",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("last_received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("unmatched_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("quarantined_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("position", postgresql.JSONB(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_bounce_sources")),
        schema="mailer",
    )


def downgrade() -> None:
    for name in ("bounce_watches", "bounce_sources", "bounce_reports", "bounces", "suppression_strikes"):
        op.drop_table(name, schema="mailer")
    op.drop_index("ix_suppressions_address", table_name="suppressions", schema="mailer")
    for name in ("lift_note", "lifted_by", "added_by", "note"):
        op.drop_column("suppressions", name, schema="mailer")
