"""`python -m tests.soak.wire_purity`: messages made of hostile content, none of which may change what is on the wire.

    python -m tests.soak.wire_purity [--messages N] [--seed N]

Letters in every charset with hostile files, recipients with hostile addresses and values. Of every one of N messages:
no bare CR or LF, no line over 998 octets, none that begins with a dot, the headers of the template and no other, and
one end of data under a strict reader and under two lenient ones. A letter may be refused as a whole and a recipient
may fail alone, both without a message. The last line is JSON. Exits with 1 when anything is impure.
"""

import argparse
import sys

from mailer.composing.service import Composed
from tests.soak.result import Result
from tests.support.hostile import Letters, header_names
from tests.support.purity import impurities

PEOPLE = 100
_SHOWN = 20


def purity(messages: int, seed: int = 1) -> Result:
    """Compose at least so many, and say what was wrong with the impure ones."""
    result = Result("wire purity", {"messages": messages, "seed": seed})
    letters = Letters(seed)
    asked = made = impure = 0
    while made < messages:
        letter = letters.draw()
        names = header_names(letter.document)
        people = [letter.hostile.recipient(ordinal) for ordinal in range(1, PEOPLE + 1)]
        asked += len(people)
        for composed in letter.message.compose_batch(people, letter.message.tokens(people)):
            if isinstance(composed, Composed):
                made += 1
                found = impurities(composed.data, names, has_8bit_headers=composed.needs_smtputf8)
                impure += bool(found)
                result.wrong += [f"seed {letter.seed}, {composed.rcpt_to!r}: {each}" for each in found]
    result.wrong = result.wrong[:_SHOWN]
    result.numbers = {
        "composed": made,
        "failed_alone": asked - made,
        "letters": letters.accepted,
        "letters_refused": letters.refused,
        "impure": impure,
    }
    return result


def main() -> int:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    result = purity(asked.messages, asked.seed)
    result.say()
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
