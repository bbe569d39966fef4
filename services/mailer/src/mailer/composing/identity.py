"""What a message is called: the same name for an envelope on every attempt, in every process."""

import base64
import hmac
import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = struct.Struct(">QQ")
_LENGTH = 32


class Identity:
    """Names of one delivery's messages and boundaries; nothing can be read from them."""

    def __init__(self, k_msgid: bytes, delivery_id: str) -> None:
        self._k_msgid = k_msgid
        self._delivery_id = delivery_id
        # A block cipher under a key of its own is a permutation: different ordinals never share an identifier.
        self._cipher = algorithms.AES(self._digest("message")[:16])

    def identifiers(self, ordinals: Sequence[int]) -> list[str]:
        """The left sides of many Message-IDs, made in one cipher call."""
        plain = b"".join([_BLOCK.pack(ordinal, 0) for ordinal in ordinals])
        digits = Cipher(self._cipher, modes.ECB()).encryptor().update(plain).hex()  # noqa: S305 - single blocks
        return [digits[at : at + _LENGTH] for at in range(0, len(digits), _LENGTH)]

    def boundary(self, number: int = 0) -> str:
        """A boundary that no encoding can produce: neither quoted-printable nor base64 ever writes `=_`."""
        label = f"boundary|{number}" if number else "boundary"
        return f"=_{base64.b32encode(self._digest(label)).decode()[:24]}"

    def _digest(self, label: str) -> bytes:
        return hmac.digest(self._k_msgid, f"{label}|{self._delivery_id}".encode(), "sha256")
