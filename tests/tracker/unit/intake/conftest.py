"""A listening intake, and a client of it."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.intake_site import Client, Opening, Site, a_site


@pytest.fixture
async def opening(tmp_path: Path) -> AsyncIterator[Opening]:
    async with contextlib.AsyncExitStack() as opened:
        yield lambda limits=None: opened.enter_async_context(a_site(tmp_path, limits))


@pytest.fixture
async def site(opening: Opening) -> Site:
    return await opening()


@pytest.fixture
async def client(site: Site) -> AsyncIterator[Client]:
    made = await site.connect()
    yield made
    await made.leave()
