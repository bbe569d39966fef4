"""Saved reports, their folders and their kept results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "lui"
_SHARED = "sharing IN ('private', 'group', 'group_edit')"
_TYPES = "type IN ('over_time', 'sum', 'recipients', 'details')"


def _id(name: str, *, nullable: bool = False, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable, comment=comment)


def _at(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Questions people keep, where they keep them, and answers that stay as they were."""
    op.create_table(
        "report_folders",
        _id("id"),
        _id("owner_id", comment="an account of hub"),
        _text("owner_name"),
        _id("group_id", nullable=True, comment="a group of hub"),
        _text("name"),
        _text("sharing"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.CheckConstraint(_SHARED, name="ck_report_folders_sharing"),
        sa.PrimaryKeyConstraint("id", name="pk_report_folders"),
        schema=SCHEMA,
    )
    op.create_index("ix_report_folders_owner_id", "report_folders", ["owner_id"], schema=SCHEMA)
    op.create_index("ix_report_folders_group_id", "report_folders", ["group_id"], schema=SCHEMA)
    op.create_table(
        "saved_reports",
        _id("id"),
        _id("owner_id", comment="an account of hub"),
        _text("owner_name"),
        _id("group_id", nullable=True, comment="a group of hub"),
        _id("folder_id", nullable=True),
        _text("title"),
        _text("type"),
        sa.Column("query", JSONB(), nullable=False),
        _text("sharing"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.CheckConstraint(_SHARED, name="ck_saved_reports_sharing"),
        sa.CheckConstraint(_TYPES, name="ck_saved_reports_type"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_reports"),
        sa.ForeignKeyConstraint(
            ["folder_id"],
            [f"{SCHEMA}.report_folders.id"],
            name="fk_saved_reports_folder_id_report_folders",
            ondelete="SET NULL",
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_saved_reports_owner_id_id", "saved_reports", ["owner_id", "id"], schema=SCHEMA)
    op.create_index("ix_saved_reports_group_id_id", "saved_reports", ["group_id", "id"], schema=SCHEMA)
    op.create_index("ix_saved_reports_folder_id", "saved_reports", ["folder_id"], schema=SCHEMA)
    _create_snapshots()


def _create_snapshots() -> None:
    op.create_table(
        "report_snapshots",
        _id("id"),
        _id("report_id", nullable=True),
        _id("created_by", comment="an account of hub"),
        _text("created_by_name"),
        _id("group_id", nullable=True, comment="a group of hub"),
        _text("sharing"),
        _text("title"),
        _text("type"),
        sa.Column("has_people", sa.Boolean(), nullable=False),
        _at("as_of"),
        sa.Column("rules_version", sa.SmallInteger(), nullable=True),
        _text("digest"),
        sa.Column("result", JSONB(), nullable=False),
        _at("created_at"),
        sa.CheckConstraint(_SHARED, name="ck_report_snapshots_sharing"),
        sa.CheckConstraint(_TYPES, name="ck_report_snapshots_type"),
        sa.PrimaryKeyConstraint("id", name="pk_report_snapshots"),
        sa.ForeignKeyConstraint(
            ["report_id"],
            [f"{SCHEMA}.saved_reports.id"],
            name="fk_report_snapshots_report_id_saved_reports",
            ondelete="SET NULL",
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_report_snapshots_report_id_id", "report_snapshots", ["report_id", "id"], schema=SCHEMA)


def downgrade() -> None:
    """Without saved reports."""
    op.drop_table("report_snapshots", schema=SCHEMA)
    op.drop_table("saved_reports", schema=SCHEMA)
    op.drop_table("report_folders", schema=SCHEMA)
