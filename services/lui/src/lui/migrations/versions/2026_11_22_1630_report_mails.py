"""Reports that are mailed on schedule, and what lui writes to people who work with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "lui"


def _id(name: str, *, nullable: bool = False, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable, comment=comment)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "notices",
        _id("id"),
        _text("reason"),
        sa.Column("document", JSONB(), nullable=False),
        _at("not_after"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
        _text("problem", nullable=True),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        _at("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        schema=SCHEMA,
    )
    op.create_index("ix_notices_created_at", "notices", ["created_at"], schema=SCHEMA)
    _create_mails()
    op.create_table(
        "report_mail_runs",
        _id("mail_id"),
        _at("due_at"),
        _at("at"),
        _id("notice_id", nullable=True),
        _text("problem", nullable=True),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            [f"{SCHEMA}.report_mails.id"],
            name=op.f("fk_report_mail_runs_mail_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mail_id", "due_at", name=op.f("pk_report_mail_runs")),
        schema=SCHEMA,
    )


def _create_mails() -> None:
    op.create_table(
        "report_mails",
        _id("id"),
        _id("report_id", comment="a saved report; no foreign key, it is another domain's"),
        _id("owner_id", comment="an account of hub: the report's owner, in whose name it is computed"),
        _text("owner_name"),
        _id("group_id", nullable=True, comment="a group of hub"),
        sa.Column("addresses", JSONB(), nullable=False),
        _text("every"),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        _text("at"),
        _text("time_zone"),
        sa.Column("formats", JSONB(), nullable=False),
        _text("state"),
        _text("paused_because", nullable=True),
        _at("next_at", nullable=True),
        _at("asked_at", nullable=True),
        _id("claim_id", nullable=True),
        _at("try_at", nullable=True),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.CheckConstraint("every IN ('day', 'week', 'month')", name=op.f("ck_report_mails_every")),
        sa.CheckConstraint("state IN ('active', 'paused')", name=op.f("ck_report_mails_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_mails")),
        schema=SCHEMA,
    )
    op.create_index("ix_report_mails_report_id", "report_mails", ["report_id"], schema=SCHEMA)
    for name in ("next_at", "asked_at"):
        op.create_index(
            f"ix_report_mails_{name}",
            "report_mails",
            [name],
            schema=SCHEMA,
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )


def downgrade() -> None:
    for table in ("report_mail_runs", "report_mails", "notices"):
        op.drop_table(table, schema=SCHEMA)
