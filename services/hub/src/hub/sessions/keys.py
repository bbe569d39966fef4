"""Ed25519 keys and the access tokens they sign (RFC 7519 with RFC 8037; keys as in RFC 7517)."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from common.http.service_token import ALGORITHM


@dataclass(frozen=True)
class NewKey:
    """A key pair as raw octets; its name is its thumbprint."""

    id: str
    public: bytes
    private: bytes


@dataclass(frozen=True)
class SigningPair:
    """The name of a key and the 32 octets that sign."""

    id: str
    private: bytes


def generate_key() -> NewKey:
    """A random Ed25519 key pair."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return NewKey(id=thumbprint(public), public=public, private=key.private_bytes_raw())


def thumbprint(public: bytes) -> str:
    """The JWK thumbprint of a public key (RFC 7638, with the members RFC 8037, section 2, requires)."""
    canonical = f'{{"crv":"Ed25519","kty":"OKP","x":"{base64url(public)}"}}'
    return base64url(hashlib.sha256(canonical.encode()).digest())


def public_jwk(key_id: str, public: bytes) -> dict[str, str]:
    """The public key as a member of a JWK set."""
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url(public), "kid": key_id, "use": "sig", "alg": ALGORITHM}


def sign_claims(pair: SigningPair, claims: dict[str, Any]) -> str:
    """A JWT in compact form (RFC 7515, section 7.1)."""
    header = {"alg": ALGORITHM, "kid": pair.id, "typ": "JWT"}
    signed = f"{base64url(orjson.dumps(header))}.{base64url(orjson.dumps(claims))}"
    signature = Ed25519PrivateKey.from_private_bytes(pair.private).sign(signed.encode())
    return f"{signed}.{base64url(signature)}"


def read_claims(token: str) -> dict[str, Any]:
    """What a JWT says, unverified: for tokens that were verified before."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = orjson.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def base64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
