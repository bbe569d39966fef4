"""What lui makes of its neighbours' answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from common.contracts.problem import Invalid, Unavailable
from common.http import httpx
from common.http.client import open_client
from lui.clients.mailer import MailerClient
from lui.clients.neighbour import NeighbourRefused
from lui.config import LuiSettings
from tests.support.http import encode_key, make_settings

Answer = Callable[[httpx.Request], httpx.Response]


@asynccontextmanager
async def mailer_that(answer: Answer) -> AsyncIterator[MailerClient]:
    settings = make_settings(
        LuiSettings,
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/none",
        app_url="http://lui.test",
        public_url="http://pages.test",
        mailer_url="http://mailer.test/",
        tracker_url="http://tracker.test",
        token_keys=encode_key(b"k" * 32),
    )
    async with open_client(settings, httpx.MockTransport(answer)) as http:
        yield MailerClient(http, settings)


async def test_content_is_checked_in_luis_own_name() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "http://mailer.test/internal/v1/content/check"
        assert request.headers["authorization"].startswith("Bearer ey")
        found = {"merge_fields": [], "links": [], "text_alternative": "Hi", "errors": [], "warnings": []}
        return httpx.Response(200, json=found)

    async with mailer_that(answer) as mailer:
        checked = await mailer.check_content({"subject": "s", "html": "<p>Hi</p>", "text": None}, columns=None)
    assert checked.text_alternative == "Hi"


async def test_a_message_that_cannot_be_made_is_refused_with_mailers_pointers() -> None:
    errors = [{"pointer": "/subject", "detail": "a line break"}]

    async with mailer_that(lambda _: httpx.Response(422, json={"detail": "no", "errors": errors})) as mailer:
        with pytest.raises(Invalid) as refused:
            await mailer.preview({"subject": "s"}, (1, "a@example.org", ["a@example.org"]))
    assert refused.value.facts["errors"] == errors


async def test_a_preview_is_what_one_recipient_would_get() -> None:
    shown = {"subject": "s", "html": None, "text": "t", "headers": [["From", "a@example.org"]]}

    async with mailer_that(lambda _: httpx.Response(200, json=shown)) as mailer:
        message = await mailer.preview({"subject": "s"}, (1, "a@example.org", ["a@example.org"]))
    assert message.headers == [("From", "a@example.org")]


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_neighbour_in_trouble_is_away(status: int) -> None:
    async with mailer_that(lambda _: httpx.Response(status)) as mailer:
        with pytest.raises(Unavailable) as away:
            await mailer.check_content({"subject": "s", "html": None, "text": "t"}, columns=None)
    assert (away.value.facts, away.value.retry_after_seconds) == ({"component": "mailer"}, 5)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404])
async def test_a_neighbour_that_refuses_us_is_our_fault_and_not_the_callers(status: int) -> None:
    async with mailer_that(lambda _: httpx.Response(status)) as mailer:
        with pytest.raises(NeighbourRefused) as refused:
            await mailer.check_content({"subject": "s", "html": None, "text": "t"}, columns=None)
    assert refused.value.status == 502
