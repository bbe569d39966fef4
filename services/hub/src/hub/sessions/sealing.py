"""Encryption of what must rest in the database but be worth nothing in a copy of it."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_ID_LENGTH = 4
_NONCE_LENGTH = 12


class SealBroken(Exception):
    """The sealed octets were altered, belong elsewhere, or were sealed with a key that is no longer configured."""


class Sealer:
    """AES-256-GCM with the purpose of each secret as associated data, so that no sealed value can stand for another.

    `keys` are the configured secrets, newest first: the first seals, all of them open.
    Layout of what is sealed: version (1), key's name (4), nonce (12), ciphertext with tag.
    """

    def __init__(self, keys: list[bytes]) -> None:
        if not keys:
            raise ValueError("at least one encryption key is needed")
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        self._first = _key_id(keys[0])
        self._label_key = hmac.digest(keys[0], b"hub/labels", "sha256")

    def seal(self, secret: bytes, *, purpose: str) -> bytes:
        """The secret, readable only with the key and for the same purpose."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        sealed = self._keys[self._first].encrypt(nonce, secret, purpose.encode())
        return _VERSION + self._first + nonce + sealed

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """What was sealed for that purpose; raises `SealBroken`."""
        version, rest = sealed[:1], sealed[1:]
        cipher = self._keys.get(rest[:_ID_LENGTH])
        if version != _VERSION or cipher is None:
            raise SealBroken("sealed with a key that is not configured")
        nonce, body = rest[_ID_LENGTH : _ID_LENGTH + _NONCE_LENGTH], rest[_ID_LENGTH + _NONCE_LENGTH :]
        try:
            return cipher.decrypt(nonce, body, purpose.encode())
        except InvalidTag as error:
            raise SealBroken("altered, or sealed for another purpose") from error

    def label(self, *parts: str) -> str:
        """A name for `parts` that always comes out the same and tells nothing without the key."""
        text = "".join(f"{len(part)}:{part}," for part in parts)
        return hmac.digest(self._label_key, text.encode(), "sha256").hex()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"hub/key-name" + key).digest()[:_ID_LENGTH]
