from common.db.migrations import run_env
from tests.common.sample import tables

run_env(tables.Base.metadata, "hub")
