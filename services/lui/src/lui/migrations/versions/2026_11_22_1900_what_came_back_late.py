"""Deliveries know how many of their messages came back, also after they ended."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = "lui"
_COUNT = """
    UPDATE lui.deliveries AS d SET
        returned = (SELECT count(*) FROM (
            SELECT ordinal FROM lui.bounces WHERE delivery_id = d.id
            UNION SELECT ordinal FROM lui.complaints WHERE delivery_id = d.id) AS each),
        complained = (SELECT count(*) FROM lui.complaints WHERE delivery_id = d.id)
    WHERE d.id IN (SELECT delivery_id FROM lui.bounces UNION SELECT delivery_id FROM lui.complaints)
"""


def upgrade() -> None:
    for name in ("returned", "complained"):
        op.add_column("deliveries", sa.Column(name, sa.Integer(), nullable=False, server_default="0"), schema=SCHEMA)
    op.execute(_COUNT)


def downgrade() -> None:
    for name in ("complained", "returned"):
        op.drop_column("deliveries", name, schema=SCHEMA)
