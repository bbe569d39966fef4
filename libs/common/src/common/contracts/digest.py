"""Digests that bind what was authorized to what is sent."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import orjson


def document_digest(document: dict[str, Any]) -> str:
    """SHA-256 (hex) of a JSON document in canonical form: sorted keys, no white space, UTF-8."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


class RecipientsDigest:
    """Running SHA-256 over recipients in ordinal order; equal digests mean equal snapshots."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, ordinal: int, address: str, values: Sequence[str]) -> None:
        """Add one recipient; `values` in the order of the snapshot's columns."""
        self._hash.update(recipient_octets(ordinal, address, values))

    def add_all(self, recipients: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        """Add many recipients in ordinal order."""
        self._hash.update(b"".join([recipient_octets(*recipient) for recipient in recipients]))

    def add_octets(self, octets: bytes) -> None:
        """Add rows that were written elsewhere exactly as `recipient_octets` writes them."""
        self._hash.update(octets)

    def hexdigest(self) -> str:
        """The digest of everything added so far (hex)."""
        return self._hash.hexdigest()


def recipient_octets(ordinal: int, address: str, values: Sequence[str]) -> bytes:
    """A row's own octets: lengths are written so that no two different rows make the same."""
    pieces = [str(ordinal).encode(), address.encode(), *[value.encode() for value in values]]
    return b"%b\n" % b"".join([b"%d:%b," % (len(piece), piece) for piece in pieces])
