"""Alembic's entry: migrates the schema `mailer` and looks at nothing else."""

from common.db.migrations import run_env
from mailer.tables import Base

run_env(Base.metadata, "mailer")
