"""Complaints about messages of a delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "lui"


def upgrade() -> None:
    op.create_table(
        "complaints",
        sa.Column("delivery_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("complained_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", name="pk_complaints"),
        sa.ForeignKeyConstraint(
            ["delivery_id"], [f"{SCHEMA}.deliveries.id"], name="fk_complaints_delivery_id", ondelete="CASCADE"
        ),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("complaints", schema=SCHEMA)
