"""Recipient pages as they are kept: one compressed block per thousand, with its digest."""

import hashlib
import zlib
from collections.abc import Sequence

import orjson

from mailer.composing.service import Recipient
from mailer.deliveries.errors import PageDamaged

_LEVEL = 1
"""Speed over size: names and towns repeat enough at any level."""
MAX_UNPACKED = 256 * 1024 * 1024


def pack(items: Sequence[tuple[int, str, list[str]]]) -> tuple[bytes, bytes]:
    """The block and its SHA-256."""
    data = zlib.compress(orjson.dumps(items), _LEVEL)
    return data, hashlib.sha256(data).digest()


def unpack(data: bytes, sha256: bytes) -> list[Recipient]:
    """The recipients of a block. Raises PageDamaged when it is not what was stored."""
    if hashlib.sha256(data).digest() != sha256:
        raise PageDamaged("a page of recipients is not what was stored")
    plain = zlib.decompressobj().decompress(data, MAX_UNPACKED)
    return [Recipient._make(fields) for fields in orjson.loads(plain)]
