"""NATS does not answer for a while: sending goes on as fast, and nothing is missing when it is back."""

import signal
import time

from tests.soak.field import CONNECTIONS, Delivery, Field, a_field
from tests.soak.result import Result

_END_SECONDS = 1_800.0
_MOST_SLOWER = 0.05
_WARM_SECONDS = 3.0


def without_nats(recipients: int, off_seconds: float) -> Result:
    """The rate is set by the sink, so that only what NATS holds up can change it."""
    # A third of the time before and after, and enough left to send until the end of it.
    total = off_seconds * 1.8 + 4 * _WARM_SECONDS
    delay = CONNECTIONS * total / recipients
    result = Result("NATS off", {"recipients": recipients, "off_s": off_seconds, "answer_after_s": round(delay, 4)})
    with a_field(reply_delay=delay) as field_:
        delivery = field_.send(recipients)
        field_.until_sent(delivery, 1, seconds=120)
        time.sleep(_WARM_SECONDS)
        before = _rate(field_, delivery, off_seconds * 0.3)
        field_.strike("nats", signal.SIGSTOP)
        try:
            during = _rate(field_, delivery, off_seconds)
        finally:
            field_.strike("nats", signal.SIGCONT)
        time.sleep(_WARM_SECONDS)
        after = _rate(field_, delivery, off_seconds * 0.3)
        left = delivery.recipients - field_.sent(delivery)
        field_.sink.slow_down(0)
        result.add(field_.verdict(delivery, 0, seconds=_END_SECONDS))
        rates = {"rate_before": before, "rate_during": during, "rate_after": after}
        result.numbers |= {name: round(value, 1) for name, value in rates.items()}
        # Both sides of it, because a machine that others use too is not the same for long.
        usual = (before + after) / 2
        result.numbers["slower"] = f"{(1 - during / usual):.1%}"
        result.expect(left > 0, "the job ended too early: nothing was compared")
        result.expect(during >= usual * (1 - _MOST_SLOWER), "sending was more than 5 % slower without NATS")
    return result


def _rate(field_: Field, delivery: Delivery, seconds: float) -> float:
    count, began = field_.sent(delivery), time.monotonic()
    time.sleep(seconds)  # a rate is measured over time
    return (field_.sent(delivery) - count) / (time.monotonic() - began)
