"""What a job says about doubt, and what was overridden when it was authorized."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "jobs",
        sa.Column("in_doubt", sa.Text(), server_default=sa.text("'resend'"), nullable=False),
        schema="lui",
    )
    op.create_check_constraint(op.f("ck_jobs_in_doubt"), "jobs", "in_doubt IN ('resend','skip','ask')", schema="lui")
    op.add_column(
        "authorizations",
        sa.Column("overridden", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        schema="lui",
    )


def downgrade() -> None:
    op.drop_column("authorizations", "overridden", schema="lui")
    op.drop_constraint(op.f("ck_jobs_in_doubt"), "jobs", schema="lui", type_="check")
    op.drop_column("jobs", "in_doubt", schema="lui")
