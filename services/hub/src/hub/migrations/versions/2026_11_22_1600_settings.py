"""Settings of the installation and of groups."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, PrimaryKeyConstraint, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

revision = "2026_11_22_1600"
down_revision = "2026_11_22_0904"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("group_id", Uuid(as_uuid=False), nullable=True),
        Column("name", Text(), nullable=False),
        Column("value", JSONB(), nullable=True),
        Column("revision", Integer(), nullable=False),
        Column("changed_by", Text(), nullable=True),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("id", name="pk_settings"),
        schema="hub",
    )
    op.create_index(
        "uq_settings_installation",
        "settings",
        ["name"],
        unique=True,
        schema="hub",
        postgresql_where=text("group_id IS NULL"),
    )
    op.create_index(
        "uq_settings_group",
        "settings",
        ["group_id", "name"],
        unique=True,
        schema="hub",
        postgresql_where=text("group_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("settings", schema="hub")
