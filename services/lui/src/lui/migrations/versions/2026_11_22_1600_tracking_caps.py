"""What hub allows of tracking, and where a delivery had to know less than its job asked for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_settings",
        sa.Column("place", sa.Text(), nullable=False, comment="a group of hub; empty: the installation"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", "name", name="pk_known_settings"),
        schema="lui",
    )
    op.add_column("occurrences", sa.Column("capped_from", sa.Text(), nullable=True), schema="lui")


def downgrade() -> None:
    op.drop_column("occurrences", "capped_from", schema="lui")
    op.drop_table("known_settings", schema="lui")
