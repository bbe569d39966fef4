"""How services prove to each other who they are: short-lived tokens, each signed with the service's own key.

Verified offline: the callee is configured with its callers' public keys (RFC 7519; explicit type as RFC 8725, 3.11).
"""

from collections.abc import Generator
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from common.clock import Clock, utc_now
from common.config import ServiceSettings, decode_key
from common.http import httpx
from common.ids import new_id

SECONDS = 60
LEEWAY_SECONDS = 5
TYPE = "service+jwt"
ALGORITHM = "Ed25519"
"""EdDSA over Ed25519 by the name RFC 9864 gives it; hub signs its tokens with the same."""


class TokenRefused(Exception):
    """A token proves nothing; the text says why and holds no part of the token."""


@lru_cache(maxsize=16)
def signing_key(encoded: str) -> OKPKey:
    """The key of 32 raw octets in base64url. Raises ValueError."""
    return OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(decode_key(encoded)))


@lru_cache(maxsize=64)
def verifying_key(encoded: str) -> OKPKey:
    """The key of 32 raw octets in base64url. Raises ValueError."""
    return OKPKey.import_key(Ed25519PublicKey.from_public_bytes(decode_key(encoded)))


def mint_service_token(settings: ServiceSettings, audience: str, clock: Clock = utc_now) -> str:
    """A token by which `audience` knows this service; good for one request within 60 seconds."""
    now = int(clock().timestamp())
    claims = {
        "iss": f"service:{settings.service}",
        "aud": audience,
        "iat": now,
        "exp": now + SECONDS,
        "jti": new_id(),
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": settings.service}
    key = signing_key(settings.service_private_key.get_secret_value())
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


class ServiceTokens:
    """Verifies what other services present to this one, each token once."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._audience = settings.service
        self._keys = settings.service_public_keys
        # Token ids in the order they came, which is nearly the order they expire in; bounded by what signed
        # callers send within a minute.
        self._used: dict[str, float] = {}

    def verify(self, token: str, issuer: str, now: datetime) -> str:
        """The name of the service that minted `token`; `issuer` is its header's `kid`. Raises TokenRefused."""
        if issuer not in self._keys:
            raise TokenRefused("unknown service")
        try:
            claims = jwt.decode(token, verifying_key(self._keys[issuer]), algorithms=[ALGORITHM]).claims
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": f"service:{issuer}"},
                aud={"essential": True, "value": self._audience},
                exp={"essential": True},
                iat={"essential": True},
                jti={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError) as error:
            raise TokenRefused(type(error).__name__) from None
        if claims["exp"] - claims["iat"] > SECONDS:
            raise TokenRefused("lives too long")
        self._use_once(str(claims["jti"]), claims["exp"] + LEEWAY_SECONDS, now.timestamp())
        return issuer

    def _use_once(self, token_id: str, until: float, now: float) -> None:
        while self._used and next(iter(self._used.values())) < now:
            del self._used[next(iter(self._used))]
        if token_id in self._used:
            raise TokenRefused("used before")
        self._used[token_id] = until


class ServiceAuth(httpx.Auth):
    """Signs every request to one service anew, repeated ones too."""

    def __init__(self, settings: ServiceSettings, audience: str, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._audience = audience
        self._clock = clock

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        token = mint_service_token(self._settings, self._audience, self._clock)
        request.headers["Authorization"] = f"Bearer {token}"
        yield request
