import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from lui.app import build
from tests.support.builders.lui import Lui, lui_under_test

COMMITTED = Path(__file__).parents[3] / "services/lui/openapi.json"


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


def test_the_committed_description_is_the_one_the_code_gives(lui: Lui) -> None:
    assert lui.app.openapi() == json.loads(COMMITTED.read_text()), "run `lui openapi > services/lui/openapi.json`"


async def test_nothing_that_a_session_opens_is_on_the_subscribers_origin(lui: Lui) -> None:
    public = build(lui.resources.settings, lui.resources, "public")  # type: ignore[arg-type]
    paths = set(public.openapi()["paths"])
    assert not any(path.startswith(("/api", "/internal")) for path in paths)
    assert public.state.caller_resolver is None
