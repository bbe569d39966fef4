"""`python -m tests.soak.wire_purity`: messages made of hostile content, none of which may change what is on the wire.

    python -m tests.soak.wire_purity [--messages N] [--seed N]

Letters in every charset with hostile files, recipients with hostile addresses and values. Of every one of N messages:
no bare CR or LF, no line over 998 octets, none that begins with a dot, the headers of the template and no other, and
one end of data under a strict reader and under two lenient ones. A recipient may fail alone, without a message. The
last line is JSON. Exits with 1 when anything is impure.
"""

import argparse
import json
import sys
import time

from mailer.composing.service import Composed
from tests.support.hostile import Hostile, compiled, header_names
from tests.support.purity import impurities

PEOPLE = 100


def storm(messages: int, seed: int) -> tuple[int, int, list[str]]:
    """How many were asked for until so many were composed, and what was wrong with the impure ones."""
    asked = made = 0
    wrong: list[str] = []
    while made < messages:
        hostile = Hostile(seed + asked)
        document, files = hostile.document()
        message, names = compiled(document, files), header_names(document)
        people = [hostile.recipient(ordinal) for ordinal in range(1, PEOPLE + 1)]
        asked += len(people)
        for composed in message.compose_batch(people, message.tokens(people)):
            if isinstance(composed, Composed):
                made += 1
                found = impurities(composed.data, names, has_8bit_headers=composed.needs_smtputf8)
                wrong += [f"seed {seed + asked - len(people)}, {composed.rcpt_to!r}: {each}" for each in found]
    return asked, made, wrong


def main() -> int:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    before = time.monotonic()
    count, made, wrong = storm(asked.messages, asked.seed)
    is_right = not wrong
    for line in wrong[:20]:
        sys.stdout.write(f"{line}\n")
    result = {
        "storm": "wire-purity",
        "messages": made,
        "failed_alone": count - made,
        "impure": len(wrong),
        "seconds": round(time.monotonic() - before, 1),
        "seed": asked.seed,
        "ok": is_right,
    }
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
