"""Processes end in the middle of a job: killed, told to stop, or crashed at once; everything adds up afterwards."""

import signal
import statistics
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from time import time

from tests.soak.field import CONNECTIONS, Delivery, Field, a_field
from tests.soak.result import Result

_SECONDS_EACH = 120.0
_END_SECONDS = 1_800.0


@dataclass
class Blows:
    """When something was struck, and what was open at the sink then."""

    at: list[float] = field(default_factory=list)
    open_connections: list[int] = field(default_factory=list)


def strike_evenly(field_: Field, delivery: Delivery, strike: "Strike", times: int) -> Blows:
    """Send a signal to a process so many times, evenly over the messages of a delivery."""
    blows = Blows()
    for blow in range(1, times + 1):
        field_.until_sent(delivery, delivery.recipients * blow / (times + 1), seconds=_SECONDS_EACH)
        restarts = field_.process(strike.process).restarts
        blows.open_connections.append(field_.strike(strike.process, strike.number))
        blows.at.append(time())
        field_.replaced(strike.process, restarts)
    return blows


def kill_mailer(recipients: int, kills: int) -> Result:
    """kill -9 of the only sender: nobody is lost, at most one extra copy per open connection, all identical."""
    with a_field() as field_:
        return struck(field_, KILL, recipients, kills)


def restart_mailer(recipients: int, restarts: int) -> Result:
    """SIGTERM: what is open is finished, so nothing is lost and nothing is extra."""
    with a_field() as field_:
        return struck(field_, RESTART, recipients, restarts)


def crash_postgres(recipients: int, crashes: int) -> Result:
    """PostgreSQL ends at once, without writing anything down, and recovers from its log."""
    with a_field() as field_:
        return struck(field_, CRASH, recipients, crashes)


@dataclass(frozen=True)
class Strike:
    """What is done to which process."""

    name: str
    process: str
    number: signal.Signals
    is_orderly: bool = False
    """The process is asked to end, so that nothing may be extra."""


KILL = Strike("kill mailer", "mailer", signal.SIGKILL)
RESTART = Strike("restart mailer", "mailer", signal.SIGTERM, is_orderly=True)
CRASH = Strike("crash postgres", "postgres", signal.SIGQUIT)


def struck(field_: Field, strike: Strike, recipients: int, times: int) -> Result:
    """Send a job while a process is struck so many times."""
    conditions = {"recipients": recipients, "times": times, "signal": strike.number.name, "connections": CONNECTIONS}
    result = Result(strike.name, conditions)
    delivery = field_.send(recipients)
    blows = strike_evenly(field_, delivery, strike, times)
    allowed = 0 if strike.is_orderly else sum(blows.open_connections)
    result.add(field_.verdict(delivery, allowed, seconds=_END_SECONDS))
    result.numbers["allowed_extra"] = allowed
    result.numbers |= _back_again([line.at for line in field_.lines(delivery)], blows)
    most_open = max(blows.open_connections, default=0)
    result.expect(most_open <= CONNECTIONS, f"{most_open} connections were open, and {CONNECTIONS} are allowed")
    return result


def _back_again(accepted_at: list[float], blows: Blows) -> dict[str, float]:
    """Seconds from each blow to the end of the silence it made: the longest gap before the next blow."""
    accepted_at.sort()
    silences = []
    for began, following in pairwise([*blows.at, float("inf")]):
        first = bisect_left(accepted_at, began)
        window = [began, *accepted_at[first : bisect_left(accepted_at, following)][:5_000]]
        silences.append(max((after - before for before, after in pairwise(window)), default=0.0))
    if not silences:
        return {}
    return {"silence_median_s": round(statistics.median(silences), 2), "silence_worst_s": round(max(silences), 2)}
