"""Who is calling: hub's access tokens, API tokens exchanged at hub, and other services' own tokens."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact
from pydantic import BaseModel

from common.clock import Clock, utc_now
from common.config import ServiceSettings
from common.contracts.problem import Problem, Unavailable
from common.http import httpx
from common.http.service_token import ALGORITHM, LEEWAY_SECONDS, TYPE, ServiceTokens, TokenRefused

AUDIENCE = "tutti"
API_TOKEN_PREFIX = "tutti_"  # noqa: S105 - a prefix, not a token
_MAX_TOKEN = 8_192
_KEYS_KEPT = timedelta(minutes=5)
_KEYS_ASKED_AGAIN = timedelta(seconds=3)
_EXCHANGE_KEPT = timedelta(seconds=30)
_EXCHANGES = 1_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they may do."""

    account_id: str
    """Account id of hub; `service:<name>` for a service."""
    account_name: str
    group_id: str | None
    rights: frozenset[str]
    is_service: bool
    token: str
    """The short-lived token, to be passed on when this service asks another one in the caller's name."""
    group_name: str | None = None
    epoch: int = 0
    """Of the account when the token was minted."""

    def may(self, right: str) -> bool:
        """Whether the caller has a right."""
        return right in self.rights


class Unauthenticated(Problem):
    """The request does not say, or does not prove, who is calling."""

    status, slug, title = 401, "unauthenticated", "Sign in first"
    headers = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012 - never changed


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What hub gives for an API token or a session token."""

    access_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Hub:
    """The two questions that only hub can answer; hub itself answers them without HTTP."""

    jwks: Callable[[], Awaitable[dict[str, Any]]]
    exchange: Callable[[str], Awaitable[Exchanged | None]]
    """None when hub refuses the token."""


def hub_over_http(settings: ServiceSettings, client: httpx.AsyncClient) -> Hub:
    """Ask hub at `hub_url`."""
    base = settings.hub_url.rstrip("/")

    async def jwks() -> dict[str, Any]:
        response = await client.get(f"{base}/api/v1/jwks")
        response.raise_for_status()
        document: dict[str, Any] = orjson.loads(response.content)
        return document

    async def exchange(token: str) -> Exchanged | None:
        headers = {"Authorization": f"Bearer {token}"}
        response = await client.post(f"{base}/api/v1/token-exchange", headers=headers)
        if response.status_code in (401, 403):
            return None
        response.raise_for_status()
        body = orjson.loads(response.content)
        return Exchanged(body["access_token"], datetime.fromisoformat(body["expires_at"]))

    return Hub(jwks, exchange)


class _Claims(BaseModel):
    sub: str
    name: str
    group_id: str | None = None
    group_name: str | None = None
    rights: frozenset[str]
    epoch: int = 0


def read_access_token(token: str, keys: KeySet, now: datetime) -> Caller:
    """The caller a token of hub speaks for. Raises TokenRefused."""
    try:
        claims = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
        said = _Claims.model_validate(claims)
    except (JoseError, ValueError) as error:
        raise TokenRefused(type(error).__name__) from None
    return Caller(
        account_id=said.sub,
        account_name=said.name,
        group_id=said.group_id,
        group_name=said.group_name,
        rights=said.rights,
        epoch=said.epoch,
        is_service=False,
        token=token,
    )


class BearerVerifier:
    """Turns the token of a request into its caller; asks hub only for what is not known yet."""

    def __init__(self, settings: ServiceSettings, hub: Hub, clock: Clock = utc_now) -> None:
        self._hub = hub
        self._clock = clock
        self._services = ServiceTokens(settings)
        self._keys: KeySet | None = None
        self._keys_asked_at: datetime | None = None
        self._asking = asyncio.Lock()
        self._exchanged: OrderedDict[str, tuple[datetime, Exchanged]] = OrderedDict()

    async def verify(self, token: str) -> Caller:
        """The caller. Raises Unauthenticated, or Unavailable when hub is needed and away."""
        if not 1 <= len(token) <= _MAX_TOKEN:
            raise Unauthenticated("The bearer token is not one of ours")
        try:
            if token.startswith(API_TOKEN_PREFIX):
                return await self._access(await self._exchange(token))
            header = extract_compact(token.encode()).headers()
            if header.get("typ") == TYPE:
                name = self._services.verify(token, str(header.get("kid")), self._clock())
                return Caller(f"service:{name}", name, None, frozenset(), is_service=True, token=token)
            return await self._access(token)
        except (TokenRefused, JoseError, ValueError) as error:
            why = str(error) if isinstance(error, TokenRefused) else type(error).__name__
            raise Unauthenticated("The bearer token is not accepted", reason=why) from None
        except httpx.HTTPError:
            raise Unavailable("hub is away, and it has to say who you are", retry_after_seconds=3) from None

    async def _access(self, token: str) -> Caller:
        header = extract_compact(token.encode()).headers()
        keys = await self._keys_with(str(header.get("kid")))
        return read_access_token(token, keys, self._clock())

    async def _keys_with(self, kid: str) -> KeySet:
        """The keys hub signs with, asked for when old or when `kid` is unknown, but not more than every 3 seconds."""
        if self._must_ask(kid):
            async with self._asking:
                if self._must_ask(kid):
                    try:
                        self._keys = KeySet.import_key_set(await self._hub.jwks())  # type: ignore[arg-type]
                    except httpx.HTTPError:
                        if self._keys is None:
                            raise
                    self._keys_asked_at = self._clock()
        if self._keys is None:
            raise TokenRefused("no keys")
        return self._keys

    def _must_ask(self, kid: str) -> bool:
        if self._keys is None or self._keys_asked_at is None:
            return True
        age = self._clock() - self._keys_asked_at
        known = any(key.kid == kid for key in self._keys.keys)
        return age > _KEYS_KEPT or (not known and age > _KEYS_ASKED_AGAIN)

    async def _exchange(self, token: str) -> str:
        now = self._clock()
        kept = self._exchanged.get(token)
        if kept and kept[0] > now:
            self._exchanged.move_to_end(token)
            return kept[1].access_token
        self._exchanged.pop(token, None)
        fresh = await self._hub.exchange(token)
        if fresh is None:
            raise TokenRefused("hub does not know it")
        self._exchanged[token] = (min(now + _EXCHANGE_KEPT, fresh.expires_at - timedelta(seconds=5)), fresh)
        if len(self._exchanged) > _EXCHANGES:
            self._exchanged.popitem(last=False)
        return fresh.access_token
