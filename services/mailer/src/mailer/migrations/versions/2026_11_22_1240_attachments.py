"""Files that belong to messages."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "mailer"


def upgrade() -> None:
    """The octets of files, once for all deliveries that send them."""
    op.create_table(
        "message_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_message_files"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    """Without files."""
    op.drop_table("message_files", schema=SCHEMA)
