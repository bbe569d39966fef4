"""Hits known to the hour only are gathered until they can be mixed; rows of people have room to be changed in place."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("gathered_even", "gathered_odd")
_SEEN_PARTITIONS = 8
_SPREAD = """
    INSERT INTO tracker.reactions (place, at, delivery_number, kind, subject, link_number, part, method, agent,
        network, network_class, judgement, rule, rules_version)
    SELECT nextval('tracker.reaction_places'), at, delivery_number, kind, subject, link_number, part, method, agent,
        '', '', judgement, rule, rules_version
    FROM tracker.{table} CROSS JOIN LATERAL generate_series(1, hits)
"""


def upgrade() -> None:
    for table in _TABLES:
        op.create_table(
            table,
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("delivery_number", sa.BigInteger(), nullable=False),
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("subject", sa.BigInteger(), nullable=False),
            sa.Column("link_number", sa.Integer(), nullable=False),
            sa.Column("part", sa.Text(), nullable=False),
            sa.Column("method", sa.Text(), nullable=False),
            sa.Column("agent", sa.Text(), nullable=False),
            sa.Column("judgement", sa.Text(), nullable=False),
            sa.Column("rule", sa.Text(), nullable=False),
            sa.Column("rules_version", sa.SmallInteger(), nullable=False),
            sa.Column("hits", sa.BigInteger(), nullable=False),
            schema="tracker",
        )
    for remainder in range(_SEEN_PARTITIONS):
        op.execute(f"ALTER TABLE tracker.seen_{remainder} SET (fillfactor = 80)")


def downgrade() -> None:
    for remainder in range(_SEEN_PARTITIONS):
        op.execute(f"ALTER TABLE tracker.seen_{remainder} RESET (fillfactor)")
    for table in _TABLES:
        op.execute(_SPREAD.format(table=table))
        op.drop_table(table, schema="tracker")
