"""Accounts, uploads, snapshots, contents and jobs.

Revision ID: 0001
Revises: 0000
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = "0000"
branch_labels = None
depends_on = None

SCHEMA = "lui"
STAGES = "'open', 'waiting', 'processing', 'repeating', 'failed', 'delivered', 'closed', 'archived'"
STEPS = "'recipients', 'content', 'tracking', 'sender', 'schedule'"
TABLES = (
    *("occurrences", "authorizations", "job_steps", "job_days", "jobs", "contents"),
    *("snapshot_asides", "snapshot_recipients", "snapshots", "upload_pieces", "uploads", "known_accounts"),
)


def _id(name: str, *, comment: str | None = None, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable, comment=comment)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _texts(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, ARRAY(sa.Text()), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, JSONB(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _table(name: str, *columns: sa.schema.SchemaItem, **options: Any) -> None:
    op.create_table(name, *columns, schema=SCHEMA, **options)


def _part_of(table: str, column: str, *, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{SCHEMA}.{table}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    _table(
        "known_accounts",
        _id("account_id", comment="an account of hub"),
        _number("revision"),
        _text("name"),
        _id("group_id", comment="a group of hub", nullable=True),
        _text("group_name", nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("account_id", name="pk_known_accounts"),
    )
    _uploads()
    _snapshots()
    _table(
        "contents",
        _id("id"),
        _text("subject"),
        _text("html", nullable=True),
        _text("text", nullable=True),
        _text("text_alternative", nullable=True),
        sa.Column("has_html", sa.Boolean(), nullable=False),
        _text("digest"),
        _json("merge_fields"),
        _json("links"),
        _json("warnings"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_contents"),
    )
    op.create_index("ix_contents_created_at", "contents", ["created_at"], schema=SCHEMA)
    _jobs()


def _uploads() -> None:
    _table(
        "uploads",
        _id("id"),
        _id("owner_id", comment="an account of hub"),
        _id("group_id", comment="a group of hub", nullable=True),
        _text("file_name"),
        _big("size"),
        sa.Column("complete", sa.Boolean(), nullable=False),
        _text("encoding"),
        _text("separator"),
        _text("quote", nullable=True),
        sa.Column("header", sa.Boolean(), nullable=False),
        _big("row_count"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_created_at", "uploads", ["created_at"], schema=SCHEMA)
    _table(
        "upload_pieces",
        _id("upload_id"),
        _number("number"),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("upload_id", "number", name="pk_upload_pieces"),
        _part_of("uploads", "upload_id", name="fk_upload_pieces_upload_id"),
    )
    # Files are compressed neither here nor when they are read back: a megabyte a row is read whole.
    op.execute("ALTER TABLE lui.upload_pieces ALTER COLUMN octets SET STORAGE EXTERNAL")


def _snapshots() -> None:
    _table(
        "snapshots",
        _id("id"),
        sa.Column("month", sa.Date(), nullable=False, comment="the partition of its recipients"),
        _texts("columns"),
        _texts("file_columns"),
        _text("address_column"),
        _text("name_column", nullable=True),
        _big("accepted_count"),
        _big("duplicate_count"),
        _big("rejected_count"),
        _text("digest"),
        _json("warnings"),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
    )
    op.create_index("ix_snapshots_created_at", "snapshots", ["created_at"], schema=SCHEMA)
    _table(
        "snapshot_recipients",
        sa.Column("month", sa.Date(), nullable=False),
        _id("snapshot_id"),
        _big("ordinal"),
        _big("line_no"),
        _text("address"),
        _texts("values"),
        sa.PrimaryKeyConstraint("month", "snapshot_id", "ordinal", name="pk_snapshot_recipients"),
        postgresql_partition_by="RANGE (month)",
    )
    _table(
        "snapshot_asides",
        sa.Column("month", sa.Date(), nullable=False),
        _id("snapshot_id"),
        _text("set_name"),
        _big("line_no"),
        _text("reason"),
        _texts("values"),
        sa.PrimaryKeyConstraint("month", "snapshot_id", "set_name", "line_no", name="pk_snapshot_asides"),
        sa.CheckConstraint("set_name IN ('duplicates', 'rejected')", name="ck_snapshot_asides_set_name"),
        postgresql_partition_by="RANGE (month)",
    )
    for table in ("snapshot_recipients", "snapshot_asides"):
        op.execute(f"CREATE TABLE {SCHEMA}.{table}_default PARTITION OF {SCHEMA}.{table} DEFAULT")


def _jobs() -> None:
    _table(
        "jobs",
        _id("id"),
        _text("system_id"),
        _id("owner_id", comment="an account of hub"),
        _text("owner_name"),
        _id("group_id", comment="a group of hub", nullable=True),
        _text("title"),
        _text("prefix", nullable=True),
        _text("stage"),
        _text("stage_reason", nullable=True),
        _number("revision"),
        _id("authorization_id", nullable=True),
        _instant("due_at", nullable=True),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("system_id", name="uq_jobs_system_id"),
        sa.CheckConstraint(f"stage IN ({STAGES})", name="ck_jobs_stage"),
    )
    op.create_index("ix_jobs_owner_id_id", "jobs", ["owner_id", "id"], schema=SCHEMA)
    op.create_index("ix_jobs_group_id_id", "jobs", ["group_id", "id"], schema=SCHEMA)
    op.create_index("ix_jobs_due_at", "jobs", ["due_at"], schema=SCHEMA, postgresql_where=sa.text("stage = 'waiting'"))
    _table(
        "job_days",
        sa.Column("day", sa.Date(), nullable=False),
        _number("last_number"),
        sa.PrimaryKeyConstraint("day", name="pk_job_days"),
    )
    _table(
        "job_steps",
        _id("job_id"),
        _text("step"),
        _json("settings"),
        _number("revision"),
        _instant("changed_at"),
        _id("changed_by", comment="an account of hub"),
        sa.PrimaryKeyConstraint("job_id", "step", name="pk_job_steps"),
        _part_of("jobs", "job_id", name="fk_job_steps_job_id"),
        sa.CheckConstraint(f"step IN ({STEPS})", name="ck_job_steps_step"),
    )
    _table(
        "authorizations",
        _id("id"),
        _id("job_id"),
        _text("digest"),
        _id("authorized_by", comment="an account of hub"),
        _text("authorized_by_name"),
        _instant("authorized_at"),
        _texts("notify"),
        _instant("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_authorizations"),
        _part_of("jobs", "job_id", name="fk_authorizations_job_id"),
    )
    op.create_index("ix_authorizations_job_id", "authorizations", ["job_id"], schema=SCHEMA)
    _table(
        "occurrences",
        _id("delivery_id"),
        _id("job_id"),
        _text("kind"),
        _text("occurrence_key"),
        _id("snapshot_id"),
        _text("fingerprint"),
        _text("verdict", nullable=True),
        _id("verdict_by", comment="an account of hub", nullable=True),
        _instant("verdict_at", nullable=True),
        _number("finished_revision"),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_occurrences"),
        sa.UniqueConstraint("occurrence_key", name="uq_occurrences_occurrence_key"),
        sa.CheckConstraint("kind IN ('live', 'test', 'rehearsal')", name="ck_occurrences_kind"),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected')", name="ck_occurrences_verdict"),
    )
    op.create_index("ix_occurrences_job_id", "occurrences", ["job_id"], schema=SCHEMA)
    op.create_index("ix_occurrences_snapshot_id", "occurrences", ["snapshot_id"], schema=SCHEMA)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
