"""Tokens that stand in links, pixels, return paths and unsubscribe addresses (`reliability` D5).

A tracking token is one AES block: unreadable, authenticated by forty zero bits, 22 characters, and the same
each time it is made. Tokens that change something carry a MAC of 128 bits instead.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

TRACKING_TOKEN_LENGTH = 22
LOCAL_PART_TOKEN = "[0-9a-f]{54}|[a-z2-7]{44}"  # noqa: S105 - a pattern, no secret
"""The pattern of a token in a mail address, in lower case: as it is minted, and as it once was (base32)."""
MAX_SUBJECT = 2**48 - 1
_BLOCK = struct.Struct(">BIHI5x")  # version, delivery, subject (high 16, low 32), five zero octets
_VERSION = 1
_BEGINNING, _ZEROS = bytes([_VERSION]), bytes(5)
_ACTION = struct.Struct(">BIIH")  # purpose, delivery, ordinal, zero
_MAC_LENGTH = 16
_ACTION_LENGTH = _ACTION.size + _MAC_LENGTH
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_PLAIN = bytes.maketrans(b"-_", b"+/")
SPELLED = rb"[A-Za-z0-9_-]{21}[AQgw]"
_SPELLED = re.compile(SPELLED)
"""How 16 octets are spelled: the four spare bits of the last character are zero, so that there is one spelling."""
_VISITOR = struct.Struct(">HIHII")  # version, delivery, subject (high 16, low 32), end in seconds since 1970
_VISITOR_LABEL = b"visitor"
VISITOR_LENGTH = 43


class Purpose(IntEnum):
    """What a token with a MAC permits."""

    UNSUBSCRIBE = 1
    RETURN_PATH = 2
    ACTION_TAG = 3
    """Names an action on somebody else's page; no delivery, and the tag's number in the place of the ordinal."""


class TrackingToken(NamedTuple):
    """What a verified tracking token says: which delivery, and who in it as far as its level allows."""

    delivery_number: int
    subject: int
    """0 at blind; the ordinal at personal; a pseudonym of 48 bits at unique and anonymous."""


@dataclass(frozen=True, slots=True)
class ActionToken:
    """What a verified action token permits, for which envelope."""

    purpose: Purpose
    delivery_number: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a verified visitor's cookie says: which subject of which delivery followed a link, and until when."""

    delivery_number: int
    subject: int
    ends_at: int
    """Seconds since 1970."""


class TokenKeys:
    """Mints with the first master key, accepts all of them; a generation is retired by leaving it out.

    `masters` are secrets of at least 32 octets each, newest first.
    """

    def __init__(self, masters: Sequence[bytes]) -> None:
        if not masters or any(len(master) < 32 for master in masters):
            raise ValueError("token keys: at least one master key, each of 32 octets or more")
        self._blocks = [algorithms.AES(_derive(master, b"tracking")[:16]) for master in masters]
        # One cipher call per hit: a context that only ever takes whole blocks has no state between them.
        self._readers = [Cipher(block, modes.ECB()).decryptor().update for block in self._blocks]  # noqa: S305 - one block
        self._seals = [AESSIV(_derive(master, b"sealed target")) for master in masters]
        self._visitors = [AESSIV(_derive(master, b"visitor's cookie")) for master in masters]
        self._macs = [_Mac(_derive(master, b"action")) for master in masters]

    def mint_tracking(self, delivery_number: int, subjects: Sequence[int]) -> list[str]:
        """One token per subject, all in one cipher call. Raises struct.error outside 32 and 48 bits."""
        plain = b"".join(
            [_BLOCK.pack(_VERSION, delivery_number, subject >> 32, subject & 0xFFFFFFFF) for subject in subjects]
        )
        # A single block under a fixed key is a keyed permutation; ECB over independent blocks is just that.
        sealed = Cipher(self._blocks[0], modes.ECB()).encryptor().update(plain)  # noqa: S305 - one block: ECB is the bare cipher
        # Two zero octets behind each block make its text end at a whole character, so that one call writes them all.
        padded = b"".join([sealed[at : at + 16] + b"\0\0" for at in range(0, len(sealed), 16)])
        text = binascii.b2a_base64(padded, newline=False).translate(_URL_SAFE).decode("ascii")
        return [text[at : at + TRACKING_TOKEN_LENGTH] for at in range(0, len(text), 24)]

    def read_tracking(self, token: str | bytes) -> TrackingToken | None:
        """The token's content, or None when it was not minted by one of these keys. Not for two threads at once."""
        text = token.encode("ascii", "replace") if isinstance(token, str) else token
        return self.read_spelled(text) if _SPELLED.fullmatch(text) else None

    def read_spelled(self, token: bytes) -> TrackingToken | None:
        """The same for whoever has found the token to be of `SPELLED` already."""
        sealed = binascii.a2b_base64(token.translate(_PLAIN) + b"==")
        for decrypt in self._readers:
            plain = decrypt(sealed)
            if plain.endswith(_ZEROS) and plain.startswith(_BEGINNING):
                _, delivery_number, high, low = _BLOCK.unpack(plain)
                return TrackingToken(delivery_number, high << 32 | low)
        return None

    def seal_visitor(self, delivery_number: int, subject: int, ends_at: int) -> str:
        """A cookie's value that says who followed a link; readable and changeable by nobody else."""
        plain = _VISITOR.pack(_VERSION, delivery_number, subject >> 32, subject & 0xFFFFFFFF, ends_at)
        return _base64(self._visitors[0].encrypt(plain, [_VISITOR_LABEL]))

    def open_visitor(self, sealed: str) -> Visitor | None:
        """What `seal_visitor` sealed, whether or not its time is over, or None."""
        data = _unbase64(sealed) if len(sealed) == VISITOR_LENGTH else None
        if data is None:
            return None
        for seal in self._visitors:
            try:
                version, delivery_number, high, low, ends_at = _VISITOR.unpack(seal.decrypt(data, [_VISITOR_LABEL]))
            except InvalidTag:
                continue
            return Visitor(delivery_number, high << 32 | low, ends_at) if version == _VERSION else None
        return None

    def seal_target(self, token: str, link_number: int, url: str) -> str:
        """A personal link's target, readable and changeable by nobody else, bound to its token and number."""
        return _base64(self._seals[0].encrypt(url.encode(), [f"{token}/{link_number}".encode()]))

    def open_target(self, token: str, link_number: int, sealed: str) -> str | None:
        """The target that `seal_target` sealed for this token and number, or None."""
        data = _unbase64(sealed)
        if data is None or len(data) < _MAC_LENGTH:
            return None
        for seal in self._seals:
            try:
                return seal.decrypt(data, [f"{token}/{link_number}".encode()]).decode()
            except InvalidTag:
                continue
        return None

    def mint_actions(self, purpose: Purpose, delivery_number: int, ordinals: Iterable[int]) -> list[bytes]:
        """The octets of many action tokens, for `as_paths` and `as_local_parts`."""
        pack, kind = _ACTION.pack, int(purpose)
        return self._macs[0].appended([pack(kind, delivery_number, ordinal, 0) for ordinal in ordinals])

    def mint_action(self, purpose: Purpose, delivery_number: int, ordinal: int) -> str:
        """A token of 36 URL-safe characters for an unsubscribe link."""
        return as_paths(self.mint_actions(purpose, delivery_number, [ordinal]))[0]

    def read_action(self, token: str) -> ActionToken | None:
        """The content of a 36-character token, or None when it is forged."""
        data = _unbase64(token) if len(token) == 36 else None
        return self._verified(data)

    def mint_local_part(self, purpose: Purpose, delivery_number: int, ordinal: int) -> str:
        """The same token for a mail address: 54 hexadecimal digits, case does not matter."""
        return as_local_parts(self.mint_actions(purpose, delivery_number, [ordinal]))[0]

    def read_local_part(self, token: str) -> ActionToken | None:
        """The content of a token in a mail address, or None when it is forged."""
        try:
            if len(token) == 2 * _ACTION_LENGTH:
                return self._verified(binascii.unhexlify(token))
            # As it was minted once; bounces of mail sent then still come in.
            return self._verified(base64.b32decode(token.upper() + "=" * (-len(token) % 8)))
        except (binascii.Error, ValueError):
            return None

    def _verified(self, data: bytes | None) -> ActionToken | None:
        if data is None or len(data) != _ACTION_LENGTH:
            return None
        body, found = data[: _ACTION.size], data[_ACTION.size :]
        for mac in self._macs:
            if hmac.compare_digest(mac.of(body), found):
                purpose, delivery_number, ordinal, _ = _ACTION.unpack(body)
                return ActionToken(Purpose(purpose), delivery_number, ordinal)
        return None


class _Mac:
    """HMAC-SHA-256 under one key, cut to 128 bits; both padded keys are hashed once, not for every token."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(hashlib.sha256().block_size, b"\0")
        self._inner = hashlib.sha256(bytes(octet ^ 0x36 for octet in block))
        self._outer = hashlib.sha256(bytes(octet ^ 0x5C for octet in block))

    def of(self, body: bytes) -> bytes:
        """The code of `body`."""
        return self.appended([body])[0][len(body) :]

    def appended(self, bodies: Iterable[bytes]) -> list[bytes]:
        """Each body with its code behind it."""
        fresh_inner, fresh_outer = self._inner.copy, self._outer.copy
        made: list[bytes] = []
        for body in bodies:
            inner, outer = fresh_inner(), fresh_outer()
            inner.update(body)
            outer.update(inner.digest())
            made.append(body + outer.digest()[:_MAC_LENGTH])
        return made


def as_paths(actions: Iterable[bytes]) -> list[str]:
    """Action tokens for URLs, each 36 characters: no padding between them, as 27 octets are a multiple of three."""
    text = binascii.b2a_base64(b"".join(actions), newline=False).translate(_URL_SAFE).decode("ascii")
    return [text[at : at + 36] for at in range(0, len(text), 36)]


def as_local_parts(actions: Iterable[bytes]) -> list[str]:
    """Action tokens for mail addresses."""
    text = b"".join(actions).hex()
    return [text[at : at + 2 * _ACTION_LENGTH] for at in range(0, len(text), 2 * _ACTION_LENGTH)]


def pseudonym(delivery_secret: bytes, ordinal: int) -> int:
    """A recipient's number at unique and anonymous: never 0, not traceable once the secret is destroyed."""
    digest = hmac.digest(delivery_secret, struct.pack(">I", ordinal), "sha256")
    return int.from_bytes(digest[:6], "big") or 1


def _derive(master: bytes, label: bytes) -> bytes:
    return hmac.digest(master, b"tutti/1/" + label, hashlib.sha256)


def _base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE).decode("ascii").rstrip("=")


def _unbase64(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Only the canonical spelling: spare bits of the last character must not make a second valid token.
    return data if _base64(data) == text else None
