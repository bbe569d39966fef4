"""The register of components."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, PrimaryKeyConstraint, Text

revision = "2026_11_22_0903"
down_revision = "2026_11_22_0902"
branch_labels = None
depends_on = None

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "components",
        Column("instance_id", Text(), nullable=False),
        Column("component", Text(), nullable=False),
        Column("role", Text(), nullable=False),
        Column("version", Text(), nullable=False),
        Column("host", Text(), nullable=False),
        Column("ready", Boolean(), nullable=False),
        Column("started_at", INSTANT, nullable=False),
        Column("first_seen_at", INSTANT, nullable=False),
        Column("last_seen_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("instance_id", name="pk_components"),
        schema="hub",
    )
    op.create_index("ix_components_last_seen_at", "components", ["last_seen_at"], schema="hub")


def downgrade() -> None:
    op.drop_table("components", schema="hub")
