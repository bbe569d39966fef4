"""The audit trail: by month, and only ever added to."""

from alembic import op
from sqlalchemy import Column, DateTime, LargeBinary, PrimaryKeyConstraint, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

# Names and bounds as `common.db.partitions` makes them; the default one takes what lies outside the months prepared.
_PARTITIONS = """
DO $$
DECLARE
    first timestamptz;
BEGIN
    CREATE TABLE hub.audit_entries_default PARTITION OF hub.audit_entries DEFAULT;
    FOR first IN
        SELECT date_trunc('month', now(), 'UTC') + make_interval(months => ahead) FROM generate_series(0, 3) AS ahead
    LOOP
        EXECUTE format(
            'CREATE TABLE hub.audit_entries_%s PARTITION OF hub.audit_entries FOR VALUES FROM (%L) TO (%L)',
            to_char(first AT TIME ZONE 'UTC', 'YYYY_MM'), first, first + interval '1 month'
        );
    END LOOP;
END $$
"""

_APPEND_ONLY = (
    # Moving rows from the default partition into a new one is the one exception; whoever does it says so.
    """
    CREATE FUNCTION hub.refuse_change_of_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('hub.moving_partition', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the audit trail is only added to' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON hub.audit_entries
    FOR EACH ROW EXECUTE FUNCTION hub.refuse_change_of_audit_entries()
    """,
    """
    CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON hub.audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION hub.refuse_change_of_audit_entries()
    """,
)

revision = "2026_11_22_0904"
down_revision = "2026_11_22_0903"
branch_labels = None
depends_on = None

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        Column("digest", LargeBinary(), nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("service", Text(), nullable=False),
        Column("actor_id", Text(), nullable=True),
        Column("action", Text(), nullable=False),
        Column("target_type", Text(), nullable=False),
        Column("target_id", Text(), nullable=False),
        Column("group_id", Text(), nullable=True),
        Column("detail", JSONB(), nullable=False),
        Column("correlation_id", Text(), nullable=True),
        PrimaryKeyConstraint("digest", "at", name="pk_audit_entries"),
        schema="hub",
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("ix_audit_entries_action_at", "audit_entries", ["action", "at"], schema="hub")
    op.create_index("ix_audit_entries_actor_id_at", "audit_entries", ["actor_id", "at"], schema="hub")
    op.create_index("ix_audit_entries_at_id", "audit_entries", ["at", "id"], schema="hub")
    op.create_index("ix_audit_entries_target_id_at", "audit_entries", ["target_id", "at"], schema="hub")
    op.execute(_PARTITIONS)
    for statement in _APPEND_ONLY:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_entries", schema="hub")
    op.execute("DROP FUNCTION hub.refuse_change_of_audit_entries()")
