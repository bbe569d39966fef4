"""What the pacer costs a message: asking when, admitting, reporting.

python -m tests.bench.pacing
"""

import sys
from statistics import median
from time import process_time

from mailer.gateways.service import ACCEPTED, Pacer, Share
from tests.bench.figure import Figure, exit_status, say

_DESTINATIONS = 100
_CALLS = 20_000
_ROUNDS = 9


def microseconds(pacer: Pacer) -> float:
    """Processor time of one call, averaged over the three that a message makes."""
    names = [f"d{number % _DESTINATIONS}.example" for number in range(_CALLS)]
    began = process_time()
    for name in names:
        pacer.ready_at(name)
        if pacer.admit(name):
            pacer.report(name, ACCEPTED)
    return (process_time() - began) / (3 * _CALLS) * 1e6


def main() -> int:
    """Measure and say."""
    pacer = Pacer(Share(20, rate_per_second=1e9, is_limited_by_hour=True))
    pacer.allowance.add(10**9, float("inf"))
    conditions = {"destinations": _DESTINATIONS, "calls": _CALLS, "rounds": _ROUNDS}
    cost = median(microseconds(pacer) for _ in range(_ROUNDS))
    return exit_status([say(Figure("pacing", "one call of the pacer", cost, "us", "<= 2", conditions))])


if __name__ == "__main__":
    sys.exit(main())
