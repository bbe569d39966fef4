"""The sample's own table."""

import sqlalchemy as sa
from alembic import op

revision = "2026_01_01_0901"
down_revision = "2026_01_01_0900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.UniqueConstraint("text", name="uq_notes_text"),
        schema="hub",
    )


def downgrade() -> None:
    op.drop_table("notes", schema="hub")
