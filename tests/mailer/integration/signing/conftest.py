"""mailer's application with a name server of its own."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.support.signing import Place, a_place


@pytest.fixture
async def place(clone: Callable[[str], str]) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        yield found
