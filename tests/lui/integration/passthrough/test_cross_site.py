"""A browser's session on the way to the neighbours; another site cannot make use of it, whatever it sends."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from common.clock import utc_now
from common.http import httpx
from lui.access.caller import COOKIE
from lui.app import build
from tests.lui.integration.deliveries.world import World, a_world
from tests.support.http import StubHub

NO_DATABASE = "postgresql+psycopg://nobody@127.0.0.1:1/none"
OWN = {"Origin": "http://lui.test", "Sec-Fetch-Site": "same-origin"}
ELSEWHERE: list[dict[str, str]] = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://lui.test.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
BODIES = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]


class Nothing(httpx.AsyncByteStream):
    """An answer that comes in pieces, none of which holds anything."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b""


@dataclass
class Neighbours:
    """hub, which knows one session, and everybody else; remembers what was asked beyond that."""

    hub: StubHub
    asked: list[httpx.Request] = field(default_factory=list)
    outdated: str | None = None
    """What hub refuses since an account was changed."""
    is_over: bool = False
    epoch: int = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/v1/token-exchange":
            if self.is_over:
                return httpx.Response(401)
            expires_at = utc_now() + timedelta(seconds=120)
            self.epoch += 1
            token = self.hub.token(rights=["administer_accounts"], epoch=self.epoch)
            return httpx.Response(200, json={"access_token": token, "expires_at": expires_at.isoformat()})
        self.asked.append(request)
        if request.headers["authorization"] == self.outdated:
            return httpx.Response(401, stream=Nothing())
        return httpx.Response(200, stream=Nothing())


@dataclass
class Browser:
    """A signed-in browser, and what reached the neighbours because of it."""

    client: httpx.AsyncClient
    neighbours: Neighbours

    @property
    def asked(self) -> list[httpx.Request]:
        return self.neighbours.asked


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    hub = StubHub()
    neighbours = Neighbours(hub)
    async with (
        a_world(NO_DATABASE, (), neighbours=httpx.MockTransport(neighbours), hub=hub) as lui,
        _client(lui) as client,
    ):
        yield Browser(client, neighbours)


def _client(lui: World) -> httpx.AsyncClient:
    app = build(lui.settings, lui.resources, "all")
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://lui.test", headers={"Cookie": f"{COOKIE}=a-session"}
    )


@pytest.mark.parametrize("service", ["hub", "tracker", "mailer"])
async def test_the_applications_own_requests_are_passed_on(browser: Browser, service: str) -> None:
    reply = await browser.client.post(f"/api/{service}/v1/things", json={}, headers=OWN)
    assert reply.status_code == 200
    assert [asked.url.path for asked in browser.asked] == ["/api/v1/things"]


@pytest.mark.parametrize("content_type", BODIES)
@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_request_that_another_site_caused_is_refused(
    browser: Browser, headers: dict[str, str], content_type: str
) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        reply = await browser.client.request(
            method, "/api/hub/v1/accounts", content=b"{}", headers=headers | {"Content-Type": content_type}
        )
        assert (reply.status_code, reply.json()["type"]) == (403, "urn:tutti:problem:cross-site-request")
    assert browser.asked == []


async def test_no_answer_invites_another_site(browser: Browser) -> None:
    for path in ("/api/hub/v1/me", "/api/v1/session", "/"):
        reply = await browser.client.get(path, headers={"Origin": "http://evil.example"})
        assert not [name for name in reply.headers if name.startswith("access-control-")]


async def test_a_session_outlives_the_tokens_that_hub_no_longer_takes(browser: Browser) -> None:
    await browser.client.post("/api/hub/v1/me/password", json={"n": 1}, headers=OWN)
    [first] = browser.asked
    browser.neighbours.outdated = first.headers["authorization"]
    reply = await browser.client.post("/api/hub/v1/me/password", json={"n": 2}, headers=OWN)
    assert reply.status_code == 200
    refused, again = browser.asked[1:]
    assert refused.content == again.content == b'{"n":2}'
    assert refused.headers["authorization"] == browser.neighbours.outdated != again.headers["authorization"]


async def test_a_session_that_is_over_is_not_tried_again(browser: Browser) -> None:
    await browser.client.get("/api/hub/v1/me", headers=OWN)
    browser.neighbours.outdated = browser.asked[0].headers["authorization"]
    browser.neighbours.is_over = True
    reply = await browser.client.get("/api/hub/v1/me", headers=OWN)
    assert reply.status_code == 401
    assert len(browser.asked) == 2
