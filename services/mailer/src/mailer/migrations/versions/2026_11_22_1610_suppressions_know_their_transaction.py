"""Suppressions know the transaction they came with: the gate asks what is new instead of comparing every address."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that are there count as added now."""
    op.add_column(
        "suppressions",
        sa.Column(
            "added_in",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        schema="mailer",
    )
    op.create_index("ix_suppressions_added_in", "suppressions", ["added_in"], schema="mailer")


def downgrade() -> None:
    op.drop_index("ix_suppressions_added_in", "suppressions", schema="mailer")
    op.drop_column("suppressions", "added_in", schema="mailer")
