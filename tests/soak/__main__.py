"""`make soak`: storms over whole jobs; at the end of each, sink, ledger and report are equal to the unit.

    python -m tests.soak [STORM …] [--recipients N] [--kills N] [--restarts N] [--crashes N]
                         [--off SECONDS] [--unsubscribes N] [--messages N]
                         [--hostile N] [--mutations N] [--bounced N] [--reports N]
                         [--hits N] [--tracker_kills N] [--alone SECONDS] [--backlog N] [--tokens N] [--quick]

Without names all of them run, one after the other, each on a fresh stack. `--quick` is the five-minute version.
Prints each one's result with its conditions and exits with 1 when one is not good.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable

from tests.soak import (
    at_the_gate,
    bounce_flood,
    bounce_torture,
    dkim_verified,
    killing,
    privacy_attack,
    tracker_alone,
    tracker_forgery,
    tracker_killing,
    two_mailers,
    wire_commands,
    wire_purity,
    without_nats,
)
from tests.soak.result import Result

_QUICK = {
    "recipients": 10_000,
    "kills": 8,
    "restarts": 5,
    "crashes": 4,
    "off": 20.0,
    "unsubscribes": 500,
    "messages": 1_000,
    "hostile": 2_000,
    "mutations": 2_000,
    "bounced": 300,
    "reports": 1_000,
    "hits": 10_000,
    "tracker_kills": 5,
    "alone": 20.0,
    "backlog": 50_000,
    "tokens": 200_000,
}
_FULL = {
    "recipients": 200_000,
    "kills": 200,
    "restarts": 100,
    "crashes": 50,
    "off": 600.0,
    "unsubscribes": 10_000,
    "messages": 10_000,
    "hostile": 100_000,
    "mutations": 100_000,
    "bounced": 50_000,
    "reports": 100_000,
    "hits": 100_000,
    "tracker_kills": 100,
    "alone": 600.0,
    "backlog": 1_000_000,
    "tokens": 10_000_000,
}


def storms(options: argparse.Namespace) -> dict[str, Callable[[], Result]]:
    """Every storm with its size."""
    recipients = options.recipients
    return {
        "kill-mailer": lambda: killing.kill_mailer(recipients, options.kills),
        "restart-mailer": lambda: killing.restart_mailer(recipients, options.restarts),
        "crash-postgres": lambda: killing.crash_postgres(recipients, options.crashes),
        "without-nats": lambda: without_nats.without_nats(recipients, options.off),
        "two-mailers": lambda: two_mailers.side_by_side(recipients),
        "zombie": lambda: two_mailers.zombie(min(recipients, 50_000)),
        "unsubscribe": lambda: at_the_gate.unsubscribe(recipients, options.unsubscribes),
        "wire-purity": lambda: wire_purity.purity(options.hostile),
        "wire-commands": lambda: wire_commands.commands(options.hostile),
        "dkim-verified": lambda: dkim_verified.verified(options.messages),
        "bounce-torture": lambda: bounce_torture.torture(options.mutations),
        "bounce-flood": lambda: bounce_flood.bounce_flood(options.bounced, options.reports),
        "kill-tracker": lambda: tracker_killing.tracker_kills(options.hits, options.tracker_kills),
        "tracker-alone": lambda: tracker_alone.without_anybody(options.alone, tracker_killing.RATE),
        "tracker-backlog": lambda: tracker_alone.drained(options.backlog),
        "forged-tokens": lambda: tracker_forgery.forged(options.tokens),
        "privacy-attack": lambda: privacy_attack.privacy_attack(20_000),
        "pause": lambda: at_the_gate.pause(min(recipients, 20_000), 5),
    }


def perform(name: str, storm: Callable[[], Result]) -> Result:
    """One storm; what raises is not good either."""
    began = time.monotonic()
    try:
        result = storm()
    except Exception as error:  # noqa: BLE001 - the others are still to be run
        traceback.print_exc()
        result = Result(name, wrong=[f"{type(error).__name__}: {error}"])
    result.numbers["took_s"] = round(time.monotonic() - began)
    result.say()
    return result


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="STORM")
    parser.add_argument("--quick", action="store_true")
    for name, value in _FULL.items():
        parser.add_argument(f"--{name}", type=type(value))
    options = parser.parse_args(arguments)
    for name, value in (_QUICK if options.quick else _FULL).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    unknown = set(options.names) - set(storms(options))
    if unknown:
        parser.error(f"no such storm: {', '.join(sorted(unknown))}; there are {', '.join(storms(options))}")
    return options


def main() -> int:
    """Run those named, or all; the exit status."""
    options = parsed()
    wanted = {name: storm for name, storm in storms(options).items() if not options.names or name in options.names}
    results = [perform(name, storm) for name, storm in wanted.items()]
    bad = [result.name for result in results if not result.is_good]
    sys.stdout.write(f"\n{len(results) - len(bad)} of {len(results)} storms are good\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
