"""Short messages to the people who work with the installation."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STAGES = "stage IN ('waiting', 'open', 'ended', 'failed')"
_STATES = "state IN ('queued', 'sending', 'deferred', 'in_doubt', 'sent', 'refused', 'expired')"


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("address_count", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("fetches", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_STAGES, name=op.f("ck_notices_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        schema="mailer",
    )
    op.create_index("ix_notices_created_at", "notices", ["created_at"], unique=False, schema="mailer")
    op.create_index(
        "ix_notices_due_at",
        "notices",
        ["due_at"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "notice_addresses",
        sa.Column("notice_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("doubts", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_code", sa.SmallInteger(), nullable=True),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_STATES, name=op.f("ck_notice_addresses_state")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["mailer.notices.id"], name=op.f("fk_notice_addresses_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notice_id", "position", name=op.f("pk_notice_addresses")),
        schema="mailer",
    )
    op.create_index(
        "ix_notice_addresses_due_at",
        "notice_addresses",
        ["due_at"],
        unique=False,
        schema="mailer",
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_notice_addresses_due_at", table_name="notice_addresses", schema="mailer")
    op.drop_table("notice_addresses", schema="mailer")
    op.drop_index("ix_notices_due_at", table_name="notices", schema="mailer")
    op.drop_index("ix_notices_created_at", table_name="notices", schema="mailer")
    op.drop_table("notices", schema="mailer")
