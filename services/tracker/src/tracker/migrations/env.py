"""Alembic's entry: migrates the schema `tracker` and looks at nothing else."""

from common.db.migrations import run_env
from tracker.tables import Base

run_env(Base.metadata, "tracker")
