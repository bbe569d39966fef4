"""Gateways, their limits and use, and the destinations they write to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gateways",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("sealed_password", sa.LargeBinary(), nullable=True),
        sa.Column("tls", sa.Text(), nullable=False),
        sa.Column("helo", sa.Text(), nullable=False),
        sa.Column("sender_domains", postgresql.JSONB(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("connections", sa.Integer(), nullable=False),
        sa.Column("messages_per_connection", sa.Integer(), nullable=False),
        sa.Column("rate_per_second", sa.Double(), nullable=True),
        sa.Column("rate_per_hour", sa.Integer(), nullable=True),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tls IN ('none','opportunistic','required','verified')", name=op.f("ck_gateways_tls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateways")),
        schema="mailer",
    )
    op.create_table(
        "gateway_states",
        sa.Column("gateway_id", sa.Text(), nullable=False),
        sa.Column("pause_code", sa.Text(), nullable=True),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("max_size", sa.BigInteger(), nullable=True),
        sa.Column("size_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("gateway_id", name=op.f("pk_gateway_states")),
        schema="mailer",
    )
    op.create_table(
        "gateway_usage",
        sa.Column("gateway_id", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gateway_id", "hour", name=op.f("pk_gateway_usage")),
        schema="mailer",
    )
    op.create_table(
        "gateway_traffic",
        sa.Column("process", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("gateway_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connections_open", sa.Integer(), nullable=False),
        sa.Column("rate_per_second", sa.Double(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("destinations", postgresql.JSONB(), nullable=False),
        sa.Column("slowness", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("process", "gateway_id", name=op.f("pk_gateway_traffic")),
        schema="mailer",
    )
    op.create_table(
        "destination_limits",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("connections", sa.Integer(), nullable=True),
        sa.Column("rate_per_second", sa.Double(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_destination_limits")),
        schema="mailer",
    )
    op.create_table(
        "destination_pauses",
        sa.Column("gateway_id", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("gateway_id", "destination", name=op.f("pk_destination_pauses")),
        schema="mailer",
    )
    op.create_table(
        "destination_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("gateway_id", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("complaints", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("day", "gateway_id", "destination", name=op.f("pk_destination_days")),
        schema="mailer",
    )
    op.create_table(
        "mx_groups",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_mx_groups")),
        schema="mailer",
    )


def downgrade() -> None:
    for table in (
        "mx_groups", "destination_days", "destination_pauses", "destination_limits", "gateway_traffic",
        "gateway_usage", "gateway_states", "gateways",
    ):  # fmt: skip
        op.drop_table(table, schema="mailer")
