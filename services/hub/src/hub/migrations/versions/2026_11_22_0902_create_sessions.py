"""Sessions, API tokens, signing keys, and what slows guessing down."""

from alembic import op
from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "2026_11_22_0902"
down_revision = "2026_11_22_0901"
branch_labels = None
depends_on = None

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sessions",
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("account_id", Uuid(as_uuid=False), nullable=False),
        Column("token_hash", LargeBinary(), nullable=False),
        Column("auth_epoch", Integer(), nullable=False),
        Column("user_agent", Text(), nullable=True),
        Column("created_at", INSTANT, nullable=False),
        Column("last_used_at", INSTANT, nullable=False),
        Column("expires_at", INSTANT, nullable=False),
        ForeignKeyConstraint(["account_id"], ["hub.accounts.id"], name="fk_sessions_account_id", ondelete="CASCADE"),
        PrimaryKeyConstraint("id", name="pk_sessions"),
        UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        schema="hub",
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"], schema="hub")
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], schema="hub")
    op.create_table(
        "api_tokens",
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("account_id", Uuid(as_uuid=False), nullable=False),
        Column("name", Text(), nullable=False),
        Column("token_hash", LargeBinary(), nullable=False),
        Column("hint", Text(), nullable=False),
        Column("scopes", ARRAY(Text()), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("expires_at", INSTANT, nullable=True),
        Column("last_used_at", INSTANT, nullable=True),
        ForeignKeyConstraint(["account_id"], ["hub.accounts.id"], name="fk_api_tokens_account_id", ondelete="CASCADE"),
        PrimaryKeyConstraint("id", name="pk_api_tokens"),
        UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
        schema="hub",
    )
    op.create_index("ix_api_tokens_account_id_created_at", "api_tokens", ["account_id", "created_at"], schema="hub")
    op.create_table(
        "signing_keys",
        Column("id", Text(), nullable=False),
        Column("public_key", LargeBinary(), nullable=False),
        Column("sealed_private_key", LargeBinary(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("activates_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("id", name="pk_signing_keys"),
        schema="hub",
    )
    op.create_table(
        "sign_in_delays",
        Column("label", Text(), nullable=False),
        Column("failures", Integer(), nullable=False),
        Column("last_attempt_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("label", name="pk_sign_in_delays"),
        schema="hub",
    )
    op.create_index("ix_sign_in_delays_last_attempt_at", "sign_in_delays", ["last_attempt_at"], schema="hub")
    op.create_table(
        "sign_in_buckets",
        Column("label", Text(), nullable=False),
        Column("tokens", Integer(), nullable=False),
        Column("filled_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("label", name="pk_sign_in_buckets"),
        schema="hub",
    )
    op.create_index("ix_sign_in_buckets_filled_at", "sign_in_buckets", ["filled_at"], schema="hub")
    op.create_table(
        "familiar_addresses",
        Column("label", Text(), nullable=False),
        Column("last_used_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("label", name="pk_familiar_addresses"),
        schema="hub",
    )
    op.create_index("ix_familiar_addresses_last_used_at", "familiar_addresses", ["last_used_at"], schema="hub")


def downgrade() -> None:
    op.drop_table("familiar_addresses", schema="hub")
    op.drop_table("sign_in_buckets", schema="hub")
    op.drop_table("sign_in_delays", schema="hub")
    op.drop_table("signing_keys", schema="hub")
    op.drop_table("api_tokens", schema="hub")
    op.drop_table("sessions", schema="hub")
