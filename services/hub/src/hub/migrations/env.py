"""Alembic's entry into hub's schema."""

from common.db.migrations import run_env
from hub import tables

run_env(tables.Base.metadata, "hub")
