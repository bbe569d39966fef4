from datetime import UTC, datetime

import pytest

from common.http import httpx
from common.http.access_token import Exchanged, hub_over_http
from common.http.client import open_client, service_auth
from common.observability.correlation import correlated
from tests.common.conftest import SampleSettings
from tests.support.http import make_settings


class Neighbour:
    """Answers from a script; an exception in it is a broken connection."""

    def __init__(self, *script: int | Exception) -> None:
        self.script = list(script)
        self.requests: list[httpx.Request] = []
        self.proofs: list[str | None] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.proofs.append(request.headers.get("Authorization"))
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return httpx.Response(step)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.http.client._FIRST_WAIT_SECONDS", 0.001)


def client(neighbour: Neighbour) -> httpx.AsyncClient:
    settings = make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none")
    return open_client(settings, httpx.MockTransport(neighbour))


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ((503, 200), 200),
        ((502, 504, 200), 200),
        ((503, 503, 503), 503),
        ((httpx.ConnectError("x"), 200), 200),
        ((500,), 500),
        ((404,), 404),
    ],
)
async def test_a_read_is_repeated_while_the_neighbour_is_away(script: tuple[int | Exception, ...], status: int) -> None:
    neighbour = Neighbour(*script)
    async with client(neighbour) as http:
        assert (await http.get("http://lui/x")).status_code == status
    assert neighbour.script == []


async def test_a_read_gives_up_after_three_tries() -> None:
    neighbour = Neighbour(*[httpx.ConnectError("away")] * 4)
    async with client(neighbour) as http:
        with pytest.raises(httpx.ConnectError):
            await http.get("http://lui/x")
    assert len(neighbour.requests) == 3


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_what_changes_something_is_sent_once(method: str) -> None:
    neighbour = Neighbour(503, 200)
    async with client(neighbour) as http:
        assert (await http.request(method, "http://lui/x")).status_code == 503
    assert len(neighbour.requests) == 1


async def test_each_try_proves_who_we_are_anew() -> None:
    neighbour = Neighbour(503, 200)
    settings = make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none")
    async with client(neighbour) as http:
        await http.get("http://lui/x", auth=service_auth(settings, "lui"))
    one, two = neighbour.proofs
    assert one != two, "a token is good once"


async def test_the_correlation_goes_along() -> None:
    neighbour = Neighbour(200, 200)
    async with client(neighbour) as http:
        with correlated("c-1"):
            await http.get("http://lui/x")
        await http.get("http://lui/x")
    assert neighbour.requests[0].headers["Correlation-Id"] == "c-1"
    assert len(neighbour.requests[1].headers["Correlation-Id"]) == 36


async def test_redirects_are_not_followed() -> None:
    neighbour = Neighbour(302)
    async with client(neighbour) as http:
        assert (await http.get("http://lui/x")).status_code == 302


class TestHubOverHttp:
    async def test_asks_for_keys_and_exchanges_tokens(self) -> None:
        asked: list[tuple[str, str, str | None]] = []

        async def hub(request: httpx.Request) -> httpx.Response:
            asked.append((request.method, request.url.path, request.headers.get("Authorization")))
            if request.url.path.endswith("jwks"):
                return httpx.Response(200, json={"keys": []})
            if request.headers["Authorization"] == "Bearer tutti_good":
                return httpx.Response(200, json={"access_token": "t", "expires_at": "2026-11-22T09:02:00Z"})
            return httpx.Response(401)

        settings = make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none")
        async with open_client(settings, httpx.MockTransport(hub)) as http:
            asking = hub_over_http(settings, http)
            assert await asking.jwks() == {"keys": []}
            exchanged = await asking.exchange("tutti_good")
            assert await asking.exchange("tutti_bad") is None
        assert exchanged == Exchanged("t", datetime(2026, 11, 22, 9, 2, tzinfo=UTC))
        assert asked[0] == ("GET", "/api/v1/jwks", None)
        assert asked[1] == ("POST", "/api/v1/token-exchange", "Bearer tutti_good")

    async def test_a_broken_hub_is_not_a_refusal(self) -> None:
        settings = make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none")
        async with open_client(settings, httpx.MockTransport(Neighbour(500))) as http:
            with pytest.raises(httpx.HTTPStatusError):
                await hub_over_http(settings, http).exchange("tutti_good")
