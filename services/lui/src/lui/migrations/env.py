"""Alembic's environment for lui."""

from common.db.migrations import run_env
from lui import tables

run_env(tables.Base.metadata, "lui")
