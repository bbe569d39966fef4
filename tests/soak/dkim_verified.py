"""Signatures under two verifiers: every message signed with both algorithms must hold for both.

    python -m tests.soak.dkim_verified [--messages 10000] [--quick]

Messages are of random shape: white space, folds and repeated headers wherever mail may have them. One verifier is
dkimpy, the other is written from the standards (tests/support/dkim_verifier.py) and lets the command `openssl` do the
mathematics. A sample is altered by one octet and must fail under both.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import dkim  # type: ignore[import-untyped]

from mailer.signing.signer import Identity
from tests.soak.result import Result
from tests.support import dkim_verifier
from tests.support.signed import both_keys, random_message, records_of, signer_of

_ALTERED_EVERY = 20
_ALGORITHMS = 2


class _Verifiers:
    """Both, for the keys of one run."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self._records = records_of(identities)

    def dkimpy(self, message: bytes, number: int) -> bool:
        """The library's word."""
        try:
            return bool(dkim.DKIM(message).verify(idx=number, dnsfunc=self._record))
        except dkim.DKIMException:
            return False

    def _record(self, name: bytes, timeout: int = 5) -> bytes:
        del timeout
        return self._records[name.decode().rstrip(".")].encode()

    def second(self, message: bytes, number: int) -> bool:
        """The word of our own reading of the standards."""
        try:
            signature = dkim_verifier.signatures_in(message)[number]
            dkim_verifier.verify(message, signature, self._records, dkim_verifier.openssl_check)
        except (dkim_verifier.Invalid, ValueError):
            return False
        return True


def verified(count: int, seed: int = 8463) -> Result:
    """Sign and verify so many messages."""
    keys = both_keys()
    signer, verifiers = signer_of(keys), _Verifiers(keys)
    chance = random.Random(seed)  # noqa: S311 - messages, not secrets
    messages = []
    for _ in range(count):
        headers, body = random_message(chance)
        messages.append(signer.sign(headers, body) + headers + b"\r\n" + body)

    def look(at: int) -> list[str]:
        return _wrong(verifiers, messages[at], is_altered_too=at % _ALTERED_EVERY == 0)

    result = Result("dkim-verified", {"messages": count, "algorithms": "RSA-2048, Ed25519", "seed": seed})
    began = time.monotonic()
    # The verifiers spend their time in other processes.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for at, wrong in enumerate(pool.map(look, range(count))):
            result.wrong += [f"message {at}: {each}" for each in wrong]
    result.numbers |= {
        "signatures": count * _ALGORITHMS,
        "verified_twice": count * _ALGORITHMS - len(result.wrong),
        "altered": len(range(0, count, _ALTERED_EVERY)),
        "took_s": round(time.monotonic() - began),
    }
    return result


def _wrong(verifiers: _Verifiers, message: bytes, *, is_altered_too: bool) -> list[str]:
    wrong = []
    # A digit of the signature's own time: covered, and never white space.
    altered = message.replace(b" t=1", b" t=2") if is_altered_too else None
    for number in range(_ALGORITHMS):
        for check, name in ((verifiers.dkimpy, "dkimpy"), (verifiers.second, "the second verifier")):
            if not check(message, number):
                wrong.append(f"signature {number} does not hold for {name}")
            if altered is not None and check(altered, number):
                wrong.append(f"signature {number} holds for {name} though it was altered")
    return wrong


def main() -> int:
    """Sign, verify, say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int)
    parser.add_argument("--quick", action="store_true", help="1,000 messages")
    asked, _ = parser.parse_known_args()
    result = verified(asked.messages or (1_000 if asked.quick else 10_000))
    result.say()
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
