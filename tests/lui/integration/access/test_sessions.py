"""Signing in from a browser, and what its cookie may and may not do."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from common.contracts.hub import AccountChangedV1
from common.http import httpx
from lui.access.caller import COOKIE
from tests.support.builders.lui import ADA, EVERYTHING, PASSWORD, Lui, a_job, lui_under_test, ok


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


@asynccontextmanager
async def signed_in(lui: Lui) -> AsyncIterator[httpx.AsyncClient]:
    async with lui.callers.anonymous() as browser:
        await ok(await browser.post("/api/v1/session", json={"account": "ada", "password": PASSWORD}), 201)
        yield browser


def exchanges(lui: Lui) -> int:
    return sum(request.url.path.endswith("token-exchange") for request in lui.neighbours.asked)


async def test_a_session_lives_in_a_cookie_that_scripts_cannot_read(lui: Lui) -> None:
    async with lui.callers.anonymous() as browser:
        reply = await browser.post("/api/v1/session", json={"account": "ada", "password": PASSWORD})
        shown = await ok(reply, 201)
        assert shown == {"account": {"id": ADA, "name": "ada"}, "group": None, "rights": sorted(EVERYTHING)}
        cookie = reply.headers["set-cookie"].lower()
        assert cookie.startswith(COOKIE)
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
        assert reply.headers["cache-control"] == "no-store"
        assert await ok(await browser.get("/api/v1/session")) == shown


async def test_over_https_the_cookie_stays_there(clone: Callable[[str], str]) -> None:
    async with lui_under_test(clone("lui"), app_url="https://testserver") as lui, lui.callers.anonymous() as browser:
        reply = await browser.post("/api/v1/session", json={"account": "ada", "password": PASSWORD})
        assert "; secure" in reply.headers["set-cookie"].lower()


async def test_hub_is_told_where_the_browser_is(lui: Lui) -> None:
    async with signed_in(lui):
        assert lui.neighbours.asked[0].headers["x-forwarded-for"] == "127.0.0.1"


async def test_a_wrong_password_signs_nobody_in(lui: Lui) -> None:
    async with lui.callers.anonymous() as browser:
        reply = await browser.post("/api/v1/session", json={"account": "ada", "password": "guess"})
        assert (await ok(reply, 401))["type"] == "urn:tutti:problem:wrong-credentials"
        assert "set-cookie" not in reply.headers
        await ok(await browser.get("/api/v1/session"), 401)


async def test_signing_out_ends_the_session_at_hub(lui: Lui) -> None:
    async with signed_in(lui) as browser:
        kept = browser.cookies[COOKIE]
        await ok(await browser.delete("/api/v1/session"), 204)
        assert COOKIE not in browser.cookies
        browser.cookies.set(COOKIE, kept)
        await ok(await browser.get("/api/v1/session"), 401)


async def test_hub_is_asked_once_a_minute_not_once_a_request(lui: Lui) -> None:
    async with signed_in(lui) as browser:
        for _ in range(5):
            await ok(await browser.get("/api/v1/jobs"))
        assert exchanges(lui) == 1
        lui.clock.advance(seconds=61)
        await ok(await browser.get("/api/v1/jobs"))
        assert exchanges(lui) == 2


async def test_a_session_that_ended_is_noticed_within_a_minute(lui: Lui) -> None:
    async with signed_in(lui) as browser:
        lui.neighbours.sessions.clear()
        await ok(await browser.get("/api/v1/jobs"))
        lui.clock.advance(seconds=61)
        await ok(await browser.get("/api/v1/jobs"), 401)


async def test_without_hub_the_answer_is_to_come_back(lui: Lui) -> None:
    async with lui.callers.anonymous() as browser:
        lui.neighbours.away.add("hub")
        reply = await browser.post("/api/v1/session", json={"account": "ada", "password": PASSWORD})
        await ok(reply, 503)
        assert int(reply.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_cannot_use_the_session(lui: Lui, headers: dict[str, str]) -> None:
    async with signed_in(lui) as browser:
        job = await a_job(browser)
        path = f"/api/v1/jobs/{job['id']}"
        mutations = [
            ("POST", "/api/v1/jobs"),
            ("PATCH", path),
            ("DELETE", path),
            ("PUT", f"{path}/sender"),
            ("POST", f"{path}/copy"),
            ("POST", f"{path}/authorize"),
            ("POST", "/api/v1/uploads"),
            ("DELETE", "/api/v1/session"),
            ("POST", "/api/v1/session"),
        ]
        for method, at in mutations:
            body = {"account": "ada", "password": PASSWORD} if at.endswith("session") else {"title": "x"}
            problem = await ok(
                await browser.request(method, at, headers=headers, json=body if method != "DELETE" else None), 403
            )
            assert problem["type"] == "urn:tutti:problem:cross-site-request", (method, at)
        assert [found["title"] for found in (await ok(await browser.get("/api/v1/jobs")))["items"]] == ["Recall"]


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, {}])
async def test_the_application_and_scripts_can(lui: Lui, headers: dict[str, str]) -> None:
    async with signed_in(lui) as browser:
        browser.headers.update(headers)
        await a_job(browser)


async def test_forms_of_other_sites_are_no_json(lui: Lui) -> None:
    async with signed_in(lui) as browser:
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            headers = {"Origin": "https://evil.example", "Content-Type": kind}
            await ok(await browser.post("/api/v1/jobs", content=b'{"title":"x"}', headers=headers), 403)


async def test_a_bearer_token_is_stronger_than_a_cookie(lui: Lui) -> None:
    async with signed_in(lui) as browser:
        browser.headers["Authorization"] = "Bearer nonsense"
        await ok(await browser.get("/api/v1/session"), 401)


async def test_the_owner_is_shown_as_hub_knows_the_account_now(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job(ada)
        assert job["owner"] == {"id": ADA, "name": "ada"}
        state = AccountChangedV1.model_validate(
            {**AccountChangedV1.examples[0], "account_id": ADA, "name": "countess", "revision": 7}
        )
        older = state.model_copy(update={"revision": 6, "name": "outdated"})
        assert await lui.bus.deliver(state, older, state) == ["ack", "ack", "ack"]
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert shown["owner"]["name"] == "countess"
        assert (await ok(await ada.get("/api/v1/jobs")))["items"][0]["owner"]["name"] == "countess"
