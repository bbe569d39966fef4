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


def strike_evenly(field_: Field, delivery: Delivery, name: str, number: signal.Signals, times: int) -> Blows:
    """Send a signal to a process so many times, evenly over the messages of a delivery."""
    blows = Blows()
    for blow in range(1, times + 1):
        field_.until_sent(delivery, delivery.recipients * blow / (times + 1), seconds=_SECONDS_EACH)
        restarts = field_.process(name).restarts
        blows.open_connections.append(field_.strike(name, number))
        blows.at.append(time())
        field_.replaced(name, restarts)
    return blows


def kill_mailer(recipients: int, kills: int) -> Result:
    """kill -9 of the only sender: nobody is lost, at most one extra copy per open connection, all identical."""
    return _storm("kill mailer", ("mailer", signal.SIGKILL), recipients, kills)


def restart_mailer(recipients: int, restarts: int) -> Result:
    """SIGTERM: what is open is finished, so nothing is lost and nothing is extra."""
    return _storm("restart mailer", ("mailer", signal.SIGTERM), recipients, restarts, is_orderly=True)


def crash_postgres(recipients: int, crashes: int) -> Result:
    """PostgreSQL ends at once, without writing anything down, and recovers from its log."""
    return _storm("crash postgres", ("postgres", signal.SIGQUIT), recipients, crashes)


def _storm(
    name: str, target: tuple[str, signal.Signals], recipients: int, times: int, *, is_orderly: bool = False
) -> Result:
    process, number = target
    result = Result(name, {"recipients": recipients, "times": times, "signal": number.name, "connections": CONNECTIONS})
    with a_field() as field_:
        delivery = field_.send(recipients)
        blows = strike_evenly(field_, delivery, process, number, times)
        allowed = 0 if is_orderly else sum(blows.open_connections)
        result.add(field_.verdict(delivery, allowed, seconds=_END_SECONDS))
        result.numbers["allowed_extra"] = allowed
        result.numbers |= _back_again([line.at for line in field_.lines(delivery)], blows)
        result.expect(
            max(blows.open_connections, default=0) <= CONNECTIONS, "more connections were open than are allowed"
        )
        result.numbers["restarts"] = field_.process(process).restarts
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
