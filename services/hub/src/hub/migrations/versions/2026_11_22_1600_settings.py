"""Settings of the installation and of groups."""

revision = "2026_11_22_1600"
down_revision = "2026_11_22_0904"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
