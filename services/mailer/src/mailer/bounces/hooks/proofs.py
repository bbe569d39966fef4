"""Proving that a request comes from the provider that it says, and not from long ago."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailer.config import HookSettings


@dataclass(frozen=True, slots=True)
class Proof:
    """What a request is judged by."""

    hooks: HookSettings
    now: datetime


def is_fresh(stamp: str, proof: Proof) -> bool:
    """Whether a time in seconds since 1970 is close enough to now, before or behind."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    return abs(proof.now.timestamp() - int(stamp)) <= proof.hooks.accept_seconds


def hmac_matches(secret: bytes, signed: bytes, given: str) -> bool:
    """Whether `given` is the hexadecimal HMAC-SHA-256 of what is signed."""
    return bool(secret) and hmac.compare_digest(hmac.digest(secret, signed, "sha256").hex().encode(), given.encode())


def same(secret: str, given: str) -> bool:
    """Whether two secrets are equal, in the same time wherever they differ."""
    return hmac.compare_digest(secret.encode(), given.encode())


def ecdsa_matches(public_key: str, signed: bytes, given: str) -> bool:
    """Whether `given` (base64) is an ECDSA signature with SHA-256 that the key (base64 of its DER) made."""
    try:
        key = load_der_public_key(base64.b64decode(public_key, validate=True))
        signature = base64.b64decode(given, validate=True)
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
