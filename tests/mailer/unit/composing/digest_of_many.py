"""Run in processes of their own: one digest over many composed messages."""

import hashlib

from mailer.composing.service import Recipient
from tests.mailer.unit.composing.test_message import a_message


def digest() -> str:
    """SHA-256 of two hundred messages at every level."""
    running = hashlib.sha256()
    for level in ("off", "blind", "unique", "anonymous", "personal"):
        message = a_message(level)
        for ordinal, token in enumerate(message.tokens(list(range(1, 41))), start=1):
            address = f"person{ordinal}@example.org"
            running.update(
                message.compose(Recipient(ordinal, address, [address, f"P\u00e9rson {ordinal}"]), token).data
            )
    return running.hexdigest()
