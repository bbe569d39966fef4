"""The committed description, and the migrations against the models."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from typer.testing import CliRunner

from common.db.migrations import alembic_config
from mailer.cli import cli
from tests.support.databases import Databases

OPENAPI = Path(__file__).parents[3] / "services/mailer/openapi.json"


@pytest.fixture
def empty(databases: Databases) -> Iterator[str]:
    url = databases.empty("mailer")
    # Alembic leaves the schema it finds itself in without its name, and would not see that it is ours.
    yield f"{url}?options=-csearch_path%3Dpg_catalog"
    databases.drop(url)


def test_migrations_go_up_down_and_up_and_leave_what_the_models_say(empty: str) -> None:
    config = alembic_config("mailer", empty)
    command.upgrade(config, "head")
    command.check(config)
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    command.check(config)


def test_the_committed_description_is_the_applications() -> None:
    printed = CliRunner().invoke(cli, ["openapi"])
    assert printed.exit_code == 0
    assert json.loads(printed.output) == json.loads(OPENAPI.read_text()), (
        "run `mailer openapi > services/mailer/openapi.json`"
    )
