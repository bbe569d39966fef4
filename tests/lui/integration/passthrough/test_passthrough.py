"""The browser's way to hub, tracker and mailer."""

from collections.abc import AsyncIterator

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from common.http import httpx
from lui.passthrough.routes import router
from lui.passthrough.service import PassedBack
from tests.lui.integration.passthrough.neighbour import Neighbour, a_lui

SIGNED_IN = {"Authorization": "Bearer tutti_ada"}


@pytest.fixture
def neighbour() -> Neighbour:
    return Neighbour()


@pytest.fixture
async def lui(neighbour: Neighbour) -> AsyncIterator[httpx.AsyncClient]:
    async with a_lui([router], neighbour=httpx.ASGITransport(neighbour.app)) as client:
        yield client


@pytest.mark.parametrize("service", ["hub", "tracker", "mailer"])
async def test_a_request_arrives_at_the_services_own_api(
    lui: httpx.AsyncClient, neighbour: Neighbour, service: str
) -> None:
    reply = await lui.get(f"/api/{service}/v1/things/a%20b?limit=2&after=x%2By", headers=SIGNED_IN)
    [arrived] = neighbour.seen
    assert arrived.url.hostname == f"{service}.test"
    assert (arrived.scope["raw_path"], arrived.url.query) == (b"/api/v1/things/a%20b", "limit=2&after=x%2By")
    assert (reply.status_code, reply.json(), reply.headers["etag"]) == (418, {"answered": True}, '"7"')


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_body_arrives_as_it_was_sent(lui: httpx.AsyncClient, neighbour: Neighbour, method: str) -> None:
    body = b'{"name":"' + "ä".encode() * 40_000 + b'"}'
    headers = SIGNED_IN | {"Content-Type": "application/json", "Idempotency-Key": "k-1"}
    await lui.request(method, "/api/hub/v1/accounts", content=body, headers=headers)
    [arrived] = neighbour.seen
    assert neighbour.bodies == [body]
    assert (arrived.method, arrived.headers["idempotency-key"]) == (method, "k-1")


async def test_the_neighbour_learns_who_calls_from_a_short_lived_token_and_nothing_else(
    lui: httpx.AsyncClient, neighbour: Neighbour
) -> None:
    await lui.get(
        "/api/hub/v1/me", headers=SIGNED_IN | {"Cookie": "tutti_session=secret", "X-Forwarded-For": "1.2.3.4"}
    )
    [arrived] = neighbour.seen
    assert arrived.headers["authorization"] == "Bearer short-lived-of-ada"
    assert "cookie" not in arrived.headers
    assert arrived.headers["host"] == "hub.test"


async def test_hub_learns_where_a_request_came_from_and_the_others_do_not(
    lui: httpx.AsyncClient, neighbour: Neighbour
) -> None:
    for service in ("hub", "tracker", "mailer"):
        await lui.get(f"/api/{service}/v1/me", headers=SIGNED_IN | {"X-Forwarded-For": "192.0.2.1"})
    named = [arrived.headers.get("x-forwarded-for") for arrived in neighbour.seen]
    assert named == ["192.0.2.1, 127.0.0.1", None, None]


async def test_no_cookie_of_a_neighbour_reaches_the_browser_or_the_next_request(
    lui: httpx.AsyncClient, neighbour: Neighbour
) -> None:
    first = await lui.get("/api/hub/v1/me", headers=SIGNED_IN)
    await lui.get("/api/hub/v1/me", headers=SIGNED_IN)
    assert "set-cookie" not in first.headers
    assert "access-control-allow-origin" not in first.headers
    assert "cookie" not in neighbour.seen[1].headers


async def test_without_signing_in_nothing_is_passed_on(lui: httpx.AsyncClient, neighbour: Neighbour) -> None:
    reply = await lui.get("/api/hub/v1/me")
    assert reply.status_code == 401
    assert neighbour.seen == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/hub/internal/v1/deliveries",
        "/api/hub/v1/%2e%2e/%2e%2e/internal/v1/deliveries",
        "/api/hub/v1/..%2f..%2finternal",
        "/api/hub/metrics",
        "/api/hub/v1",
        "/api/other/v1/x",
    ],
)
async def test_internal_routes_cannot_be_reached(lui: httpx.AsyncClient, neighbour: Neighbour, path: str) -> None:
    reply = await lui.get(path, headers=SIGNED_IN)
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert neighbour.seen == []


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_an_absent_neighbour_is_a_problem_with_a_time_to_come_back(
    failure: type[httpx.TransportError],
) -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise failure("away", request=request)

    async with a_lui([router], neighbour=httpx.MockTransport(away)) as lui:
        reply = await lui.post("/api/mailer/v1/gateways", json={}, headers=SIGNED_IN)
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0
    assert reply.json()["type"] == "urn:tutti:problem:unavailable"
    assert reply.json()["component"] == "mailer"


async def test_an_answer_is_passed_back_piece_by_piece_and_its_connection_is_given_back() -> None:
    class Pieces(httpx.AsyncByteStream):
        closed = False

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for number in range(3):
                yield b"%d" % number

        async def aclose(self) -> None:
            Pieces.closed = True

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Pieces()))
    async with a_lui([router], neighbour=transport) as lui:
        reply = await lui.get("/api/tracker/v1/x", headers=SIGNED_IN)
    assert reply.content == b"012"
    assert Pieces.closed


async def test_a_browser_that_leaves_takes_its_connection_to_the_neighbour_with_it() -> None:
    class Endless(httpx.AsyncByteStream):
        closed = False

        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b"more"

        async def aclose(self) -> None:
            Endless.closed = True

    class Left(OSError):
        pass

    sent: list[str] = []

    async def leave(message: Message) -> None:
        sent.append(message["type"])
        if len(sent) > 2:
            raise Left

    reply = httpx.Response(200, stream=Endless(), request=httpx.Request("GET", "http://hub.test/"))
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}}
    with pytest.raises((Left, ClientDisconnect)):
        await PassedBack(reply, [])(scope, _nothing_more, leave)
    assert Endless.closed


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
