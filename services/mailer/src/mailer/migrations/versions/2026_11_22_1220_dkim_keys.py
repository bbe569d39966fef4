"""Keys that sign messages, and which deliveries they sign."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dkim_keys",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("dns_state", sa.Text(), server_default=sa.text("'unknown'"), nullable=False),
        sa.Column("dns_found", sa.Text(), nullable=True),
        sa.Column("dns_reason", sa.Text(), nullable=True),
        sa.Column("dns_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("algorithm IN ('rsa-2048','ed25519')", name=op.f("ck_dkim_keys_algorithm")),
        sa.CheckConstraint("state IN ('pending','active','retired')", name=op.f("ck_dkim_keys_state")),
        sa.CheckConstraint(
            "dns_state IN ('found','missing','different','unknown')", name=op.f("ck_dkim_keys_dns_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dkim_keys")),
        schema="mailer",
    )
    op.create_index(
        "uq_dkim_keys_domain_selector",
        "dkim_keys",
        ["domain", "selector"],
        unique=True,
        schema="mailer",
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "uq_dkim_keys_active",
        "dkim_keys",
        ["domain", "algorithm"],
        unique=True,
        schema="mailer",
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "dkim_uses",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("from_domain", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "key_id", name=op.f("pk_dkim_uses")),
        schema="mailer",
    )
    op.create_index("ix_dkim_uses_key_id", "dkim_uses", ["key_id"], unique=False, schema="mailer")


def downgrade() -> None:
    op.drop_table("dkim_uses", schema="mailer")
    op.drop_table("dkim_keys", schema="mailer")
