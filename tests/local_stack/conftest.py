"""Stacks with stand-ins for the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_stack.stubs import write_stubs
from tests.support.ports import free_port_base
from tests.support.stack import Stack, running


@pytest.fixture(name="stack")
def _stack(tmp_path: Path) -> Iterator[Stack]:
    """A stack that was never started; stopped afterwards should a test have started it."""
    write_stubs(tmp_path / "stubs")
    stack = Stack(tmp_path / "data", free_port_base(), {"PYTHONPATH": str(tmp_path / "stubs")})
    yield stack
    stack.down()


@pytest.fixture(name="up", scope="module")
def _up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that is up, shared by the tests of a module, which leave it as they found it."""
    folder = tmp_path_factory.mktemp("stack")
    write_stubs(folder / "stubs")
    with running(Stack(folder / "data", free_port_base(), {"PYTHONPATH": str(folder / "stubs")})) as stack:
        yield stack
