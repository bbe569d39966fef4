"""lui's deliveries behind their pages."""

from collections.abc import AsyncIterator, Callable

import pytest

from lui.deliveries.routes import internal_router, router
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import World, a_world


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[World]:
    async with a_world(clone("lui"), [router, internal_router], subscriptions=SUBSCRIPTIONS) as world:
        yield world
