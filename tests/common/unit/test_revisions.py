"""Revisions are read from the files; Alembic, which is not loaded to serve, would read the same."""

import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory

from common.db.migrations import alembic_config
from common.db.revisions import known_revisions


@pytest.mark.parametrize("service", ["hub", "lui", "tracker", "mailer"])
def test_the_files_say_what_alembic_says(service: str) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(service, ""))
    every = frozenset(each.revision for each in scripts.walk_revisions())
    assert known_revisions(service) == (scripts.get_current_head(), every)


@pytest.mark.parametrize("service", ["hub", "lui", "tracker", "mailer"])
def test_serving_does_not_load_alembic(service: str) -> None:
    code = f"import {service}.__main__, {service}.worker, sys; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0  # noqa: S603
