"""Damaged reports by the hundred thousand: nothing stops the reader, nothing takes long, memory stays small.

python -m tests.soak.bounce_torture [--mutations N] [--seed N]
"""

import argparse
import random
import sys
import time
import traceback
from array import array
from collections.abc import Iterator

from mailer.bounces.reading import read_report
from mailer.bounces.reading.report import UNREADABLE
from tests.mailer.unit.bounces.reports import mutated, samples, with_line_ends
from tests.soak.memory import forget_peak, peak_mb
from tests.soak.result import Result

_SECOND = 1.0
_USUAL = 0.02
"""Of processor time, for 99 of 100 messages."""
_MAX_MEMORY = 256
_PROBED = 20
"""Every so many messages are read with other line ends as well."""


def torture(mutations: int, seed: int = 1) -> Result:
    """Read so many damaged messages."""
    result = Result("bounce-torture", {"mutations": mutations, "seed": seed})
    differing, kinds, times = 0, dict[str, int](), array("d")
    forget_peak()
    for number, message in enumerate(_messages(mutations, seed)):
        began = time.process_time()
        try:
            report = read_report(message)
        except Exception:  # noqa: BLE001 - that is what is looked for
            result.wrong.append(f"message {number} of seed {seed}: {traceback.format_exc(limit=-2)}")
            times.append(0.0)
            continue
        if report.rule == UNREADABLE:
            result.wrong.append(f"message {number} of seed {seed} was given up")
        times.append(time.process_time() - began)
        kinds[report.kind] = kinds.get(report.kind, 0) + 1
        if number % _PROBED == 0:
            differing += any(read_report(with_line_ends(message, end)) != report for end in (b"\r\n", b"\r"))
    memory = peak_mb()
    slowest = max(range(len(times)), key=times.__getitem__)
    usual = sorted(times)[len(times) * 99 // 100]
    result.numbers |= {
        "p99_ms": round(usual * 1_000, 1),
        "slowest_ms": round(times[slowest] * 1_000, 1),
        "slowest_message": slowest,
        "memory_mb": memory,
        "kinds": kinds,
    }
    result.expect(usual <= _USUAL, f"one message in a hundred took more than {_USUAL * 1_000:.0f} ms of processor time")
    result.expect(times[slowest] < _SECOND, f"message {slowest} took {times[slowest]:.2f} s of processor time")
    result.expect(memory <= _MAX_MEMORY, f"{memory} MB of memory")
    result.expect(differing == 0, f"{differing} messages meant something else with other line ends")
    return result


def _messages(mutations: int, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)  # noqa: S311 - damage
    known = list(samples().values())
    for _ in range(mutations):
        message = chance.choice(known)
        if chance.random() < 0.1:
            message += b"\n" + chance.choice(known)
        yield with_line_ends(mutated(message, chance), b"\n")


def main() -> int:
    """Torture and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result = torture(options.mutations, options.seed)
    result.say()
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
