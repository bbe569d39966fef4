"""Recipients by reaction, and action tags.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "lui"


def upgrade() -> None:
    """What an audience has no duplicates by, and the tags of actions on other people's pages."""
    op.add_column("snapshots", sa.Column("distinct_by", JSONB(), nullable=True), schema=SCHEMA)
    op.execute(sa.schema.CreateSequence(sa.Sequence("action_tag_numbers", start=1, maxvalue=2**31 - 1, schema=SCHEMA)))
    op.create_table(
        "action_tags",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(as_uuid=False), nullable=False, comment="an account of hub"),
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=True, comment="a group of hub"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action_tags"),
        sa.UniqueConstraint("number", name="uq_action_tags_number"),
        schema=SCHEMA,
    )
    op.create_index("ix_action_tags_group_id", "action_tags", ["group_id"], schema=SCHEMA)
    op.create_index("ix_action_tags_owner_id", "action_tags", ["owner_id"], schema=SCHEMA)


def downgrade() -> None:
    """Without them."""
    op.drop_table("action_tags", schema=SCHEMA)
    op.execute(sa.schema.DropSequence(sa.Sequence("action_tag_numbers", schema=SCHEMA)))
    op.drop_column("snapshots", "distinct_by", schema=SCHEMA)
