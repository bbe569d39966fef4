"""Deliveries, their bounces, and ended subscriptions.

Revision ID: 0002
Revises: 0001
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "lui"
_KINDS = "'live', 'test', 'rehearsal'"
_STATES = "'preparing', 'running', 'paused', 'finished', 'failed', 'cancelled'"
_BOUNCE_CLASSES = (
    "'unknown_mailbox', 'unknown_domain', 'mailbox_disabled', 'mailbox_full', 'message_too_large', "
    "'content_refused', 'policy', 'greylisted', 'rate_limited', 'network', 'protocol', 'address_syntax', 'unclassified'"
)
_REASONS = "'one_click', 'page', 'mail', 'staff'"


def _id(name: str, *, comment: str | None = None, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable, comment=comment)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("delivery_numbers", start=1, maxvalue=2**32 - 1, schema=SCHEMA)))
    op.create_table(
        "deliveries",
        _id("id"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        _id("job_id", comment="a job of lui.jobs"),
        _id("owner_id", comment="an account of hub"),
        _id("group_id", comment="a group of hub", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        _id("snapshot_id", comment="a snapshot of lui.audience"),
        sa.Column("recipient_count", sa.Integer(), nullable=False),
        sa.Column("recipients_digest", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("plan", JSONB(), nullable=False),
        _instant("not_before"),
        _instant("requested_at"),
        sa.Column("requested_by", sa.Text(), nullable=False, comment="an account of hub, or service:lui"),
        sa.Column("control_revision", sa.Integer(), nullable=False),
        sa.Column("progress_revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
        sa.Column("rate_per_second", sa.Double(), nullable=False),
        _instant("started_at", nullable=True),
        _instant("finished_at", nullable=True),
        _instant("expected_end", nullable=True),
        sa.Column("waiting_for", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("tally_revision", sa.Integer(), nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.Column("clicks", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("number", name="uq_deliveries_number"),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name="ck_deliveries_kind"),
        sa.CheckConstraint(f"state IN ({_STATES})", name="ck_deliveries_state"),
        schema=SCHEMA,
    )
    op.create_index("ix_deliveries_job_id_number", "deliveries", ["job_id", "number"], schema=SCHEMA)
    op.create_index("ix_deliveries_snapshot_id", "deliveries", ["snapshot_id"], schema=SCHEMA)
    op.create_table(
        "bounces",
        _id("delivery_id"),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("bounce_class", sa.Text(), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("enhanced_code", sa.Text(), nullable=True),
        _instant("bounced_at"),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", name="pk_bounces"),
        sa.ForeignKeyConstraint(
            ["delivery_id"], [f"{SCHEMA}.deliveries.id"], name="fk_bounces_delivery_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint(f"bounce_class IN ({_BOUNCE_CLASSES})", name="ck_bounces_bounce_class"),
        schema=SCHEMA,
    )
    op.create_table(
        "ended_subscriptions",
        _id("delivery_id"),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        _id("group_id", comment="a group of hub", nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _instant("ended_at"),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", name="pk_ended_subscriptions"),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name="ck_ended_subscriptions_reason"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("ended_subscriptions", schema=SCHEMA)
    op.drop_table("bounces", schema=SCHEMA)
    op.drop_table("deliveries", schema=SCHEMA)
    op.execute(sa.schema.DropSequence(sa.Sequence("delivery_numbers", schema=SCHEMA)))
