"""Digests that bind what was authorized to what is sent."""

import hashlib
from collections.abc import Sequence
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
        # Lengths are written so that no two different rows make the same bytes.
        for piece in (str(ordinal), address, *values):
            data = piece.encode()
            self._hash.update(b"%d:%b," % (len(data), data))
        self._hash.update(b"\n")

    def hexdigest(self) -> str:
        """The digest of everything added so far (hex)."""
        return self._hash.hexdigest()
