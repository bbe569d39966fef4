from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, Request
from fastapi.staticfiles import StaticFiles
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from common.contracts.problem import Unavailable
from common.http import httpx
from common.http.access_token import BearerVerifier, Caller, Exchanged, Hub, Unauthenticated
from common.http.app import create_app
from common.http.bearer import UndeclaredRight, public, requires, signed_in
from common.http.service_token import ALGORITHM, mint_service_token, signing_key
from common.service.resources import Resources
from tests.common.conftest import SampleSettings
from tests.common.sample.app import build
from tests.support.clock import FixedClock
from tests.support.http import PRIVATE_KEYS, Callers, StubHub, make_settings, speaker_settings


async def _nothing() -> None:
    return None


class TestARouteWithoutExactlyOneRight:
    @pytest.mark.parametrize("dependencies", [[], [requires("a"), requires("b")], [public(), signed_in()]])
    async def test_fails_at_start(
        self, settings: SampleSettings, resources: Resources, dependencies: list[Any]
    ) -> None:
        router = APIRouter()
        router.get("/x", dependencies=dependencies)(_nothing)
        with pytest.raises(UndeclaredRight, match="/x"):
            create_app(settings, resources, title="x", routers=[router])

    async def test_fails_at_start_when_it_was_added_later(self, settings: SampleSettings, resources: Resources) -> None:
        app = create_app(settings, resources, title="x", routers=[])
        app.get("/late")(_nothing)
        with pytest.raises(UndeclaredRight, match="/late"):
            async with app.router.lifespan_context(app):
                pass

    async def test_fails_when_it_is_a_mount(
        self, settings: SampleSettings, resources: Resources, tmp_path: Path
    ) -> None:
        app = create_app(settings, resources, title="x", routers=[])
        app.mount("/files", StaticFiles(directory=tmp_path))
        with pytest.raises(UndeclaredRight, match="/files"):
            async with app.router.lifespan_context(app):
                pass

    async def test_a_routers_right_counts_for_its_routes(self, settings: SampleSettings, resources: Resources) -> None:
        inner, outer = APIRouter(), APIRouter(dependencies=[signed_in()])
        inner.get("/x")(_nothing)
        outer.include_router(inner)
        assert create_app(settings, resources, title="x", routers=[outer])


async def test_who_may_not_is_told_what_is_missing(callers: Callers) -> None:
    async with callers.as_account("read_notes") as ada:
        answer = await ada.post("/api/v1/notes", json={"text": "x"})
    assert answer.status_code == 403
    assert answer.json()["right"] == "write_notes"


async def test_who_does_not_say_who_they_are_is_asked(callers: Callers) -> None:
    async with callers.anonymous() as nobody:
        without = await nobody.get("/api/v1/me")
        other = await nobody.get("/api/v1/me", headers={"Authorization": "Basic YTpi"})
        nonsense = await nobody.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    for answer in (without, other, nonsense):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_right_is_asked_for_before_the_body_is_judged(callers: Callers) -> None:
    async with callers.anonymous() as nobody:
        assert (await nobody.post("/api/v1/notes", json={"text": 7})).status_code == 401


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def hub(clock: FixedClock) -> StubHub:
    return StubHub(clock)


@pytest.fixture
def verifier(hub: StubHub, clock: FixedClock) -> BearerVerifier:
    return _verifier(hub.hub(), clock)


def _verifier(hub: Hub, clock: FixedClock) -> BearerVerifier:
    settings = make_settings(SampleSettings, database_url="postgresql+psycopg://none.invalid/none")
    return BearerVerifier(settings, hub, clock)


class TestAccessTokens:
    async def test_say_who_calls(self, verifier: BearerVerifier, hub: StubHub) -> None:
        token = hub.token(rights=["a"], account_id="7", name="ada", group_id="g", epoch=3)
        assert await verifier.verify(token) == Caller("7", "ada", "g", frozenset({"a"}), False, token, None, 3)

    async def test_are_read_with_keys_asked_for_once(self, verifier: BearerVerifier, hub: StubHub) -> None:
        for _ in range(5):
            await verifier.verify(hub.token())
        assert hub.asked["jwks"] == 1

    @pytest.mark.parametrize("claims", [{"aud": "other"}, {"exp": 1}, {"sub": None}, {"exp": None}, {"name": None}])
    async def test_that_say_something_else_are_refused(
        self, verifier: BearerVerifier, hub: StubHub, claims: dict[str, Any]
    ) -> None:
        with pytest.raises(Unauthenticated):
            await verifier.verify(hub.token(**claims))

    async def test_of_another_key_or_algorithm_are_refused(self, verifier: BearerVerifier, hub: StubHub) -> None:
        good = hub.token()
        stranger = StubHub(hub.clock)
        forged = [stranger.token(), good[:-4] + "AAAA", good.rpartition(".")[0] + ".", *_confused(hub)]
        for token in forged:
            with pytest.raises(Unauthenticated):
                await verifier.verify(token)

    async def test_of_a_new_key_are_accepted_within_seconds(
        self, verifier: BearerVerifier, hub: StubHub, clock: FixedClock
    ) -> None:
        await verifier.verify(hub.token())
        hub.key = OKPKey.generate_key("Ed25519", {"kid": "test-2"})
        with pytest.raises(Unauthenticated):
            await verifier.verify(hub.token())
        clock.advance(seconds=4)
        await verifier.verify(hub.token())

    async def test_of_unknown_keys_do_not_make_us_ask_all_the_time(
        self, verifier: BearerVerifier, hub: StubHub, clock: FixedClock
    ) -> None:
        await verifier.verify(hub.token())
        stranger = StubHub(clock)
        stranger.key = OKPKey.generate_key("Ed25519", {"kid": "unknown"})
        for _ in range(50):
            with pytest.raises(Unauthenticated):
                await verifier.verify(stranger.token())
            clock.advance(seconds=0.1)
        assert hub.asked["jwks"] <= 3

    async def test_are_read_offline_while_hub_is_away(self, hub: StubHub, clock: FixedClock) -> None:
        away = _Switch(hub.hub())
        verifier = _verifier(away.hub(), clock)
        away.off = True
        with pytest.raises(Unavailable):
            await verifier.verify(hub.token())
        away.off = False
        await verifier.verify(hub.token())
        away.off = True
        clock.advance(minutes=6)
        await verifier.verify(hub.token())


def _confused(hub: StubHub) -> list[str]:
    """The classic confusions: no algorithm, and the public key as an HMAC secret."""
    claims = {"sub": "7", "name": "a", "rights": [], "aud": "tutti", "exp": 9_999_999_999}
    public_bytes = hub.key.as_dict(private=False)["x"]
    hmac = jwt.encode({"alg": "HS256", "kid": hub.key.kid}, claims, OctKey.import_key(str(public_bytes)))
    return [hmac, "eyJhbGciOiJub25lIn0." + hmac.split(".")[1] + "."]


class _Switch:
    def __init__(self, inner: Hub) -> None:
        self._inner = inner
        self.off = False

    def hub(self) -> Hub:
        return Hub(self._guarded(self._inner.jwks), self._guarded(self._inner.exchange))

    def _guarded(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        async def guarded(*args: Any) -> Any:
            if self.off:
                raise httpx.ConnectError("away")
            return await inner(*args)

        return guarded


class TestApiTokens:
    async def test_are_exchanged_at_hub_and_kept_for_half_a_minute(
        self, verifier: BearerVerifier, hub: StubHub, clock: FixedClock
    ) -> None:
        hub.api_tokens["tutti_abc"] = hub.token(account_id="7", rights=["a"])
        for _ in range(3):
            assert (await verifier.verify("tutti_abc")).account_id == "7"
        assert hub.asked["exchange"] == 1
        clock.advance(seconds=31)
        del hub.api_tokens["tutti_abc"]  # revoked
        with pytest.raises(Unauthenticated):
            await verifier.verify("tutti_abc")

    async def test_that_hub_refuses_are_not_remembered(self, verifier: BearerVerifier, hub: StubHub) -> None:
        with pytest.raises(Unauthenticated):
            await verifier.verify("tutti_new")
        hub.api_tokens["tutti_new"] = hub.token(account_id="8")
        assert (await verifier.verify("tutti_new")).account_id == "8"

    async def test_fill_a_bounded_memory(self, clock: FixedClock, hub: StubHub) -> None:
        token = hub.token()

        async def anything(_token: str) -> Exchanged:
            return Exchanged(token, clock() + timedelta(minutes=2))

        verifier = _verifier(Hub(hub.jwks, anything), clock)
        for number in range(1_200):
            await verifier.verify(f"tutti_{number}")
        assert len(verifier._exchanged) == 1_000


class TestServiceTokens:
    async def test_let_the_named_service_in_and_no_other(self, callers: Callers) -> None:
        async with callers.as_service("mailer") as mailer, callers.as_service("lui") as lui:
            assert (await mailer.get("/api/v1/internal/ping")).json() == "service:mailer"
            assert (await mailer.get("/api/v1/internal/ping")).status_code == 200, "each request has a token of its own"
            assert (await lui.get("/api/v1/internal/ping")).status_code == 403
            assert (await mailer.get("/api/v1/me")).status_code == 403
            assert (await mailer.post("/api/v1/notes", json={"text": "x"})).status_code == 403

    async def test_accounts_are_not_services(self, callers: Callers) -> None:
        async with callers.as_account(account_id="service:mailer", name="mailer") as pretender:
            assert (await pretender.get("/api/v1/internal/ping")).status_code == 403

    async def test_are_good_once(self, verifier: BearerVerifier, clock: FixedClock) -> None:
        token = mint_service_token(speaker_settings("mailer"), "hub", clock)
        assert (await verifier.verify(token)).is_service
        with pytest.raises(Unauthenticated) as refused:
            await verifier.verify(token)
        assert refused.value.facts["reason"] == "used before"

    async def test_are_good_for_one_service_and_one_minute(self, verifier: BearerVerifier, clock: FixedClock) -> None:
        for_another = mint_service_token(speaker_settings("mailer"), "lui", clock)
        old = mint_service_token(speaker_settings("mailer"), "hub", clock)
        clock.advance(seconds=66)
        for token in (for_another, old):
            with pytest.raises(Unauthenticated):
                await verifier.verify(token)

    async def test_cannot_be_minted_in_anothers_name_or_for_longer(
        self, verifier: BearerVerifier, clock: FixedClock
    ) -> None:
        now = int(clock().timestamp())
        good = {"iss": "service:lui", "aud": "hub", "iat": now, "exp": now + 60, "jti": "1"}
        mailers_key = signing_key(PRIVATE_KEYS["mailer"])

        def signed(kid: str, **claims: Any) -> str:
            header = {"alg": ALGORITHM, "typ": "service+jwt", "kid": kid}
            return jwt.encode(header, {**good, **claims}, mailers_key, algorithms=[ALGORITHM])

        forged = [
            signed("lui"),
            signed("mailer"),
            signed("mailer", iss="service:mailer", exp=now + 3_600),
            signed("nobody", iss="service:nobody"),
            signed("mailer", iss="service:mailer", jti=None),
        ]
        for token in forged:
            with pytest.raises(Unauthenticated):
                await verifier.verify(token)
        assert (await verifier.verify(signed("mailer", iss="service:mailer"))).account_name == "mailer"

    async def test_used_ones_are_forgotten_when_they_expire(self, verifier: BearerVerifier, clock: FixedClock) -> None:
        for _ in range(20):
            await verifier.verify(mint_service_token(speaker_settings("mailer"), "hub", clock))
            clock.advance(seconds=10)
        assert len(verifier._services._used) <= 8


async def test_a_service_may_find_its_callers_in_its_own_way(
    settings: SampleSettings, resources: Resources, stub_hub: StubHub
) -> None:
    async def by_cookie(request: Request) -> Caller | None:
        name = request.cookies.get("session")
        return Caller(name, name, None, frozenset(), is_service=False, token="t") if name else None

    app = build(settings, resources)
    app.state.caller_resolver = by_cookie
    async with Callers(app, settings, stub_hub).anonymous() as browser:
        assert (await browser.get("/api/v1/me")).status_code == 401
        answer = await browser.get("/api/v1/me", headers={"Cookie": "session=ada"})
        assert answer.json()["account_id"] == "ada"
    async with Callers(app, settings, stub_hub).as_account(account_id="bob") as script:
        assert (await script.get("/api/v1/me")).json()["account_id"] == "bob"
