"""Files that belong to a message."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "lui"


def upgrade() -> None:
    """The octets of files, each once; which job has which; and what a content froze of them."""
    op.create_table(
        "stored_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_stored_files"),
        schema=SCHEMA,
    )
    op.create_index("ix_stored_files_used_at", "stored_files", ["used_at"], schema=SCHEMA)
    op.create_table(
        "job_files",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("job_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("is_inline", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job_files"),
        sa.ForeignKeyConstraint(["job_id"], [f"{SCHEMA}.jobs.id"], name="fk_job_files_job_id_jobs", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sha256"], [f"{SCHEMA}.stored_files.sha256"], name="fk_job_files_sha256_stored_files"),
        schema=SCHEMA,
    )
    op.create_index("ix_job_files_job_id", "job_files", ["job_id"], schema=SCHEMA)
    op.create_index("ix_job_files_sha256", "job_files", ["sha256"], schema=SCHEMA)
    op.add_column("contents", sa.Column("charset", sa.Text(), server_default="utf-8", nullable=False), schema=SCHEMA)
    op.add_column(
        "contents", sa.Column("files", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False), schema=SCHEMA
    )


def downgrade() -> None:
    """Without files."""
    op.drop_column("contents", "files", schema=SCHEMA)
    op.drop_column("contents", "charset", schema=SCHEMA)
    op.drop_table("job_files", schema=SCHEMA)
    op.drop_table("stored_files", schema=SCHEMA)
