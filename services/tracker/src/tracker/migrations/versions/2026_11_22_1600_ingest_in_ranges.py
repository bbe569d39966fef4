"""What was counted already, sums without periods, acceptances, and how reactions were judged."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KINDS = "'open', 'click', 'action'"
_JUDGEMENTS = "'human', 'unknown', 'proxy', 'scanner'"

_RANGES_OF_ROWS = """
    WITH records AS (
        SELECT spool_id, segment, record_offset AS first,
            record_offset + 8 + octet_length(concat_ws(E'\\t', '1', left(kind, 1), delivery_number, subject,
                link_number, round(extract(epoch FROM at) * 1000)::bigint, method, agent, network)) AS next
        FROM tracker.reactions
    ), marked AS (
        SELECT *, CASE WHEN first = lag(next) OVER place THEN 0 ELSE 1 END AS begins FROM records
        WINDOW place AS (PARTITION BY spool_id, segment ORDER BY first)
    ), islands AS (
        SELECT *, sum(begins) OVER (PARTITION BY spool_id, segment ORDER BY first) AS island FROM marked
    )
    INSERT INTO tracker.spool_ranges (spool_id, segment, first_offset, next_offset)
    SELECT spool_id, segment, min(first), max(next) FROM islands GROUP BY spool_id, segment, island
"""
"""A record is eight octets and its line; the line can be written again from what was kept of it."""

_TOTALS_OF_TALLIES = """
    INSERT INTO tracker.totals (delivery_number, kind, link_number, judgement, part, count)
    SELECT delivery_number, kind, link_number, judgement, max(part), sum(count)
    FROM tracker.tallies GROUP BY delivery_number, kind, link_number, judgement
"""
_FIRSTS_OF_SEEN = """
    INSERT INTO tracker.firsts (delivery_number, kind, link_number, period_start, people, humans)
    SELECT delivery_number, kind, link_number, period_start, sum(people), sum(humans) FROM (
        SELECT delivery_number, kind, link_number, {start_of_first} AS period_start, 1 AS people, 0 AS humans
        FROM tracker.seen
        UNION ALL
        SELECT delivery_number, kind, link_number, {start_of_human}, 0, 1
        FROM tracker.seen WHERE first_human_at IS NOT NULL
    ) AS each GROUP BY delivery_number, kind, link_number, period_start
"""
_QUARTER = "date_bin('15 minutes', {at}, TIMESTAMPTZ '2000-01-01 00:00:00+00')"


_JUDGINGS_OF_TALLIES = """
    INSERT INTO tracker.judgings (delivery_number, kind, rules_version, is_whole, pending_place)
    SELECT DISTINCT delivery_number, kind, 1, false, 0 FROM tracker.tallies
"""


def upgrade() -> None:
    _add_tables()
    _widen_plans()
    op.execute(_RANGES_OF_ROWS)
    op.execute(_TOTALS_OF_TALLIES)
    op.execute(_JUDGINGS_OF_TALLIES)
    op.execute(
        _FIRSTS_OF_SEEN.format(
            start_of_first=_QUARTER.format(at="first_at"), start_of_human=_QUARTER.format(at="first_human_at")
        )
    )
    _free_reactions_of_their_index()


def _add_tables() -> None:
    op.create_table(
        "spool_ranges",
        sa.Column("spool_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_offset", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("first_offset < next_offset", name=op.f("ck_spool_ranges_order")),
        sa.PrimaryKeyConstraint("spool_id", "segment", "first_offset", name=op.f("pk_spool_ranges")),
        schema="tracker",
    )
    op.create_table(
        "totals",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("link_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_number", "kind", "link_number", "judgement", name=op.f("pk_totals")),
        schema="tracker",
    )
    op.create_table(
        "firsts",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("link_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("humans", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_number", "kind", "link_number", "period_start", name=op.f("pk_firsts")),
        schema="tracker",
    )
    op.create_table(
        "acceptances",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("delivery_number", "ordinal", name=op.f("pk_acceptances")),
        schema="tracker",
    )
    op.create_index(
        "ix_acceptances_accepted_at",
        "acceptances",
        ["accepted_at"],
        unique=False,
        schema="tracker",
        postgresql_using="brin",
    )
    op.create_table(
        "judgings",
        sa.Column("delivery_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pending_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pending_place", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_judgings_kind")),
        sa.PrimaryKeyConstraint("delivery_number", "kind", name=op.f("pk_judgings")),
        schema="tracker",
    )
    op.create_index(
        "ix_judgings_due_at",
        "judgings",
        ["due_at"],
        unique=False,
        schema="tracker",
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def _widen_plans() -> None:
    empty = sa.text("'[]'::jsonb")
    op.add_column("plans", sa.Column("consent_column", sa.Text(), nullable=True), schema="tracker")
    op.add_column("plans", sa.Column("identify_by", sa.Text(), nullable=True), schema="tracker")
    for name in ("profile_columns", "profiles"):
        op.add_column(
            "plans", sa.Column(name, postgresql.JSONB(), server_default=empty, nullable=False), schema="tracker"
        )
    op.add_column("plans", sa.Column("actions", postgresql.JSONB(none_as_null=True), nullable=True), schema="tracker")
    op.add_column("plans", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True), schema="tracker")


def _free_reactions_of_their_index() -> None:
    op.execute("CREATE SEQUENCE tracker.reaction_places INCREMENT BY 65536 START WITH 65536")
    op.drop_constraint("pk_reactions", "reactions", schema="tracker", type_="primary")
    op.drop_index("ix_reactions_delivery_number_at", "reactions", schema="tracker")
    op.add_column(
        "reactions", sa.Column("place", sa.BigInteger(), server_default=sa.text("0"), nullable=False), schema="tracker"
    )
    for name in ("network_class", "rule"):
        op.add_column(
            "reactions", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False), schema="tracker"
        )
    op.add_column("reactions", sa.Column("delay_ms", sa.Integer(), nullable=True), schema="tracker")
    op.execute(
        "UPDATE tracker.reactions AS r SET place = numbered.place FROM ("
        " SELECT spool_id, segment, record_offset, at,"
        " row_number() OVER (ORDER BY at, spool_id, segment, record_offset) AS place FROM tracker.reactions"
        ") AS numbered WHERE (r.spool_id, r.segment, r.record_offset, r.at)"
        " = (numbered.spool_id, numbered.segment, numbered.record_offset, numbered.at)"
    )
    op.execute(
        "SELECT setval('tracker.reaction_places', 65536 * (1 + (SELECT coalesce(max(place), 0) FROM tracker.reactions)"
        " / 65536), true)"
    )
    for name in ("place", "network_class", "rule"):
        op.alter_column("reactions", name, server_default=None, schema="tracker")
    for name in ("spool_id", "segment", "record_offset"):
        op.drop_column("reactions", name, schema="tracker")
    _check_kinds(_KINDS)
    op.create_index(
        "ix_reactions_delivery_number_kind_at_place",
        "reactions",
        ["delivery_number", "kind", "at", "place"],
        unique=False,
        schema="tracker",
    )


def _check_kinds(kinds: str) -> None:
    name = op.f("ck_reactions_kind")
    op.drop_constraint(name, "reactions", schema="tracker", type_="check")
    # A partition that was made before it was attached has the constraint for itself.
    op.execute(
        "DO $$ DECLARE each regclass; BEGIN"
        " FOR each IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'tracker.reactions'::regclass LOOP"
        " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS ck_reactions_kind', each);"
        " END LOOP; END $$"
    )
    op.create_check_constraint(name, "reactions", f"kind IN ({kinds})", schema="tracker")


def downgrade() -> None:
    op.drop_index("ix_reactions_delivery_number_kind_at_place", "reactions", schema="tracker")
    op.execute("DELETE FROM tracker.reactions WHERE kind = 'action'")
    _check_kinds("'open', 'click'")
    # Where a record stood is not known any more; its place keeps rows apart.
    op.add_column("reactions", sa.Column("spool_id", sa.Text(), server_default="", nullable=False), schema="tracker")
    for name in ("segment", "record_offset"):
        op.add_column(
            "reactions", sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False), schema="tracker"
        )
    op.execute("UPDATE tracker.reactions SET record_offset = place")
    for name in ("spool_id", "segment", "record_offset"):
        op.alter_column("reactions", name, server_default=None, schema="tracker")
    for name in ("place", "network_class", "rule", "delay_ms"):
        op.drop_column("reactions", name, schema="tracker")
    op.create_primary_key(
        op.f("pk_reactions"), "reactions", ["spool_id", "segment", "record_offset", "at"], schema="tracker"
    )
    op.create_index(
        "ix_reactions_delivery_number_at",
        "reactions",
        ["delivery_number", "at"],
        unique=False,
        schema="tracker",
        postgresql_using="brin",
    )
    op.execute("DROP SEQUENCE tracker.reaction_places")
    for name in ("forgotten_at", "actions", "profiles", "profile_columns", "identify_by", "consent_column"):
        op.drop_column("plans", name, schema="tracker")
    for table in ("judgings", "acceptances", "firsts", "totals", "spool_ranges"):
        op.drop_table(table, schema="tracker")
