from collections.abc import Iterator

import pytest
from alembic import command

from common.db.migrations import alembic_config
from tests.support.databases import Databases


@pytest.fixture
def empty(databases: Databases) -> Iterator[str]:
    url = databases.empty("lui")
    # Alembic leaves the schema it finds itself in without its name, and would not see that it is ours.
    yield f"{url}?options=-csearch_path%3Dpg_catalog"
    databases.drop(url)


def test_migrations_go_up_down_and_up_and_leave_what_the_models_say(empty: str) -> None:
    config = alembic_config("lui", empty)
    command.upgrade(config, "head")
    command.check(config)
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    command.check(config)
