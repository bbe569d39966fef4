"""The whole product, started once for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.mailing import Integrator
from tests.support.ports import free_port_base
from tests.support.stack import Stack, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the whole stack and may take its time."""
    for item in items:
        if "tests/system" in item.nodeid:
            item.add_marker(pytest.mark.system)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(name="stack", scope="session")
def _stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that sends into its catcher; tests leave it up."""
    with running(Stack(tmp_path_factory.mktemp("system") / "data", free_port_base())) as stack:
        yield stack


@pytest.fixture(name="integrator")
def _integrator(stack: Stack) -> Iterator[Integrator]:
    integrator = Integrator(stack)
    yield integrator
    integrator.close()
