"""Run in processes of their own: one digest over many composed messages."""

import hashlib
import os
import sys
import time
from typing import NoReturn

from common import clock
from common.contracts.signed_token import TokenKeys
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import CompileWith, Composed, Message, Origins, Recipient, Secrets, compile_message
from mailer.signing.keys import SigningKey
from mailer.signing.signer import Identity, Signer
from tests.support.builders.document import a_document
from tests.support.signed import MOMENT

KEYS = "DIGEST_OF_MANY_KEYS"
"""The variable with the octets of the signing keys; empty for none."""
LEVELS = ("off", "blind", "unique", "anonymous", "personal")
_LINK = {"number": 1, "part": "html", "url": "https://a.test/{{ EMAIL }}", "alias": None, "personal": True}
_FILE = b"words " * 400


def letter(level: str, keys: str) -> Message:
    """A letter with a personal link, an attachment and a merged sender; signed by the keys there are."""
    sha256 = hashlib.sha256(_FILE).hexdigest()
    document = a_document(
        delivery_id="0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
        html='<p>Dear {{ NAME }} <a href="https://a.test/{{ EMAIL }}">x</a></p>',
        sender={"address": "news@sender.example", "name": "{{ NAME }} of News"},
        tracking={"level": level, "opens": level != "off", "links": [_LINK] if level != "off" else []},
        attachments=[{"file_name": "\u00dcbersicht.pdf", "content_type": "a/b", "size": len(_FILE), "sha256": sha256}],
    )
    using = CompileWith({sha256: _FILE}, _signer(keys) if keys else None)
    origins = Origins("http://track.test", "http://pages.test", "bounces.test")
    minting = TokenKeys([b"k" * 32])
    frozen = ContentDocument.model_validate(document)
    return compile_message(frozen, Secrets(b"m" * 32, b"p" * 32), origins, minting, using)


def _signer(keys: str) -> Signer:
    found = [SigningKey.from_octets(bytes.fromhex(key)) for key in keys.split()]
    return Signer([Identity(key, "sender.example", f"s{at}", "sender.example") for at, key in enumerate(found)], MOMENT)


def digest(count: int, keys: str = "") -> str:
    """SHA-256 of so many messages, a fifth of them at each level, in batches of 32."""
    running = hashlib.sha256()
    for level in LEVELS:
        message = letter(level, keys)
        ordinals = range(1, count // len(LEVELS) + 1)
        for at in range(0, len(ordinals), 32):
            batch = ordinals[at : at + 32]
            people = [Recipient(n, f"p{n}@example.org", [f"p{n}@example.org", f"P\u00e9rson {n}"]) for n in batch]
            for composed in message.compose_batch(people, message.tokens(people)):
                if not isinstance(composed, Composed):
                    raise composed
                running.update(repr(composed[:3]).encode() + composed.data)
    return running.hexdigest()


def _no_clock() -> NoReturn:
    raise AssertionError("composing looked at a clock")


if __name__ == "__main__":
    # Whatever day it is there: nobody asks.
    time.time = time.time_ns = time.monotonic = clock.utc_now = _no_clock
    sys.stdout.write(f"{digest(int(sys.argv[1]), os.environ[KEYS])}\n")
