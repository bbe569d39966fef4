"""Where several processes of an installation live; a test module may have a place of its own."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.support.gateways import Living
from tests.support.signing import Place, a_place

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    """A database with room for several processes."""
    async with a_place(clone("mailer"), database_pool_size=8) as found:
        yield found


@pytest.fixture
async def living(place: Place) -> AsyncIterator[Living]:
    """Processes there; all have ended afterwards."""
    found = Living(place)
    yield found
    await found.end_all()
