"""Calling an application as somebody: a stub hub that signs tokens, and clients that carry them."""

import base64
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import OKPKey
from pydantic_settings import SettingsConfigDict
from starlette.types import ASGIApp

from common.clock import Clock, utc_now
from common.config import ServiceSettings
from common.db.engine import open_engine
from common.http import httpx
from common.http.access_token import AUDIENCE, BearerVerifier, Exchanged, Hub
from common.http.client import open_client, service_auth
from common.http.service_token import ALGORITHM
from common.ids import new_id
from common.messaging.unit_of_work import MessagingTables, UnitOfWorkFactory
from common.observability.health import Health
from common.service.resources import Resources

S = TypeVar("S", bound=ServiceSettings)
SERVICES = ("hub", "lui", "tracker", "mailer")


def encode_key(octets: bytes) -> str:
    """As configuration writes keys."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


_PRIVATE = {name: Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")) for name in SERVICES}
PRIVATE_KEYS = {name: encode_key(key.private_bytes_raw()) for name, key in _PRIVATE.items()}
PUBLIC_KEYS = {name: encode_key(key.public_key().public_bytes_raw()) for name, key in _PRIVATE.items()}


def make_settings(kind: type[S], *, database_url: str, nats_url: str = "nats://127.0.0.1:1", **more: Any) -> S:
    """Settings of a service for a test; what its kind needs besides the common fields goes in `more`."""
    service = str(kind.model_config.get("env_prefix", "")).rstrip("_").lower()
    given: dict[str, Any] = {
        "database_url": database_url,
        "nats_url": nats_url,
        "http_port": 0,
        "hub_url": "http://hub.test",
        "service_private_key": PRIVATE_KEYS.get(service, PRIVATE_KEYS["hub"]),
        "service_public_keys": PUBLIC_KEYS,
        "log_format": "json",
        "database_pool_size": 5,
    }
    return kind(**{**given, **more})


class StubHub:
    """Signs access tokens like hub does, and counts what it is asked."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock
        self.key = OKPKey.generate_key("Ed25519", {"kid": "test-1"})
        self.api_tokens: dict[str, str] = {}
        self.asked = {"jwks": 0, "exchange": 0}

    def token(self, *, rights: Iterable[str] = (), account_id: str | None = None, **claims: Any) -> str:
        """An access token of an account; `claims` override what it says."""
        now = int(self.clock().timestamp())
        body = {
            "iss": "hub",
            "aud": AUDIENCE,
            "sub": account_id or new_id(),
            "name": "ada",
            "group_id": None,
            "group_name": None,
            "rights": sorted(rights),
            "epoch": 1,
            "iat": now,
            "exp": now + 120,
            **claims,
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self.key.kid}, body, self.key, algorithms=[ALGORITHM])

    def hub(self) -> Hub:
        """What a verifier asks."""
        return Hub(self.jwks, self.exchange)

    async def jwks(self) -> dict[str, Any]:
        """The public half of the key."""
        self.asked["jwks"] += 1
        return {"keys": [{**self.key.as_dict(private=False), "kid": self.key.kid}]}

    async def exchange(self, token: str) -> Exchanged | None:
        """The access token an API token stands for."""
        self.asked["exchange"] += 1
        known = self.api_tokens.get(token)
        return Exchanged(known, self.clock() + timedelta(seconds=120)) if known else None


@asynccontextmanager
async def resources_for(
    settings: ServiceSettings, tables: MessagingTables, hub: StubHub | None = None, clock: Clock = utc_now
) -> AsyncIterator[Resources]:
    """What a service works with, without NATS: facts stay in the outbox, where tests read them."""
    engine = open_engine(settings)
    try:
        async with open_client(settings) as client:
            yield Resources(
                settings=settings,
                tables=tables,
                engine=engine,
                uow=UnitOfWorkFactory(engine, tables.outbox, clock),
                nats=None,
                http=client,
                bearer=BearerVerifier(settings, (hub or StubHub(clock)).hub(), clock),
                health=Health({}),
                clock=clock,
            )
    finally:
        await engine.dispose()


class Callers:
    """Clients of one application, each as somebody."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, hub: StubHub) -> None:
        self._transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._settings = settings
        self._hub = hub

    def anonymous(self) -> httpx.AsyncClient:
        """Nobody in particular."""
        return httpx.AsyncClient(transport=self._transport, base_url="http://testserver")

    def as_account(self, *rights: str, account_id: str | None = None, **claims: Any) -> httpx.AsyncClient:
        """An account with these rights."""
        client = self.anonymous()
        token = self._hub.token(rights=rights, account_id=account_id, **claims)
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def as_service(self, name: str) -> httpx.AsyncClient:
        """Another service, with a fresh token for every request."""
        client = self.anonymous()
        client.auth = service_auth(speaker_settings(name), self._settings.service)
        return client


def speaker_settings(name: str) -> ServiceSettings:
    """Just enough configuration to speak as the service `name`."""
    kind: type[ServiceSettings] = type(
        "Speaker", (ServiceSettings,), {"model_config": SettingsConfigDict(env_prefix=f"{name.upper()}_")}
    )
    return make_settings(kind, database_url="postgresql+psycopg://none.invalid/none")


@pytest.fixture
def stub_hub() -> StubHub:
    """A hub that signs tokens for tests."""
    return StubHub()
