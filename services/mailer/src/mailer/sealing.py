"""Encryption of what must rest in the database but be worth nothing in a copy of it: private keys and passwords."""

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from common.contracts.problem import Problem
from mailer.config import MailerSettings

_VERSION = b"\x01"
_NAME_LENGTH = 4
_NONCE_LENGTH = 12


class SealingNotConfigured(Problem):
    """A secret was to be kept, and the deployment gave no key to seal it with."""

    status, slug, title = 409, "sealing-not-configured", "Secrets cannot be kept yet"


class SealBroken(Exception):
    """The sealed octets were altered, belong elsewhere, or were sealed with a key that is no longer configured."""


class Sealer:
    """AES-256-GCM; what a secret is for is associated data, so that no sealed value can stand for another.

    `keys` are the configured ones, newest first: the first seals, all of them open. Without any nothing can be sealed.
    Layout of what is sealed: version (1), key's name (4), nonce (12), ciphertext with tag.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {_name(key): AESGCM(key) for key in keys}
        self._first = _name(keys[0]) if keys else None

    @classmethod
    def of(cls, settings: MailerSettings) -> "Sealer":
        """With the deployment's keys."""
        return cls(settings.sealing_keys())

    def seal(self, secret: bytes, *, purpose: str) -> bytes:
        """The secret, readable only with the key and for the same purpose. Raises SealingNotConfigured."""
        if self._first is None:
            raise SealingNotConfigured(
                "Set MAILER_ENCRYPTION_KEY (32 random octets in base64url) and start mailer again"
            )
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return _VERSION + self._first + nonce + self._ciphers[self._first].encrypt(nonce, secret, purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """What was sealed for that purpose. Raises SealBroken."""
        version, rest = sealed[:1], sealed[1:]
        cipher = self._ciphers.get(rest[:_NAME_LENGTH])
        if version != _VERSION or cipher is None:
            raise SealBroken("it was sealed with a key that is not configured (MAILER_ENCRYPTION_KEY)")
        nonce, body = rest[_NAME_LENGTH : _NAME_LENGTH + _NONCE_LENGTH], rest[_NAME_LENGTH + _NONCE_LENGTH :]
        try:
            return cipher.decrypt(nonce, body, purpose.encode())
        except (InvalidTag, ValueError):
            raise SealBroken("it was altered, or sealed for another purpose") from None


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"mailer/sealing" + key).digest()[:_NAME_LENGTH]
