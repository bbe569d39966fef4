"""Groups, accounts and their passwords."""

from alembic import op
from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "2026_11_22_0901"
down_revision = "2026_11_22_0900"
branch_labels = None
depends_on = None

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "groups",
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("name", Text(), nullable=False),
        Column("name_key", Text(), nullable=False),
        Column("created_at", INSTANT, nullable=False),
        PrimaryKeyConstraint("id", name="pk_groups"),
        UniqueConstraint("name_key", name="uq_groups_name_key"),
        schema="hub",
    )
    op.create_table(
        "accounts",
        Column("id", Uuid(as_uuid=False), nullable=False),
        Column("name", Text(), nullable=False),
        Column("name_key", Text(), nullable=False),
        Column("group_id", Uuid(as_uuid=False), nullable=True),
        Column("contact_address", Text(), nullable=True),
        Column("rights", ARRAY(Text()), nullable=False),
        Column("closed", Boolean(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("auth_epoch", Integer(), nullable=False),
        Column("last_signed_in_at", INSTANT, nullable=True),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
        CheckConstraint("auth_epoch > 0", name="ck_accounts_auth_epoch_positive"),
        CheckConstraint("revision > 0", name="ck_accounts_revision_positive"),
        ForeignKeyConstraint(["group_id"], ["hub.groups.id"], name="fk_accounts_group_id"),
        PrimaryKeyConstraint("id", name="pk_accounts"),
        schema="hub",
    )
    op.create_index("ix_accounts_name_key_id", "accounts", ["name_key", "id"], schema="hub")
    op.create_index(
        "uq_accounts_group_id_name_key",
        "accounts",
        ["group_id", "name_key"],
        unique=True,
        schema="hub",
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "credentials",
        Column("account_id", Uuid(as_uuid=False), nullable=False),
        Column("password_hash", Text(), nullable=False),
        Column("changed_at", INSTANT, nullable=False),
        ForeignKeyConstraint(["account_id"], ["hub.accounts.id"], name="fk_credentials_account_id", ondelete="CASCADE"),
        PrimaryKeyConstraint("account_id", name="pk_credentials"),
        schema="hub",
    )


def downgrade() -> None:
    op.drop_table("credentials", schema="hub")
    op.drop_table("accounts", schema="hub")
    op.drop_table("groups", schema="hub")
