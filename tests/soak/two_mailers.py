"""Several mailers on one database: side by side, and one that was stopped and goes on after it was replaced."""

import os
import signal
import time
from collections import Counter

import psycopg

from tests.soak.field import CONNECTIONS, Delivery, Field, a_field
from tests.soak.result import Result

_DOT_SECONDS = 5
_LEASE_SECONDS = 6
_SLOW = 0.05
_END_SECONDS = 1_800.0


def side_by_side(recipients: int) -> Result:
    """Two processes share a job: both send, nobody gets two."""
    result = Result("two mailers", {"recipients": recipients, "connections": 2 * CONNECTIONS})
    with a_field() as field_, field_.another_mailer():
        delivery = field_.send(recipients)
        shares = _leased_by_owner(field_, delivery)
        result.add(field_.verdict(delivery, 0, seconds=_END_SECONDS))
        result.numbers["leases_seen"] = "/".join(str(count) for count in sorted(shares.values()))
        result.expect(len(shares) == 2, f"{len(shares)} of the two mailers sent")
        result.expect(field_.sink.most_connections <= 2 * CONNECTIONS, "more connections than the two may have")
    return result


def _leased_by_owner(field_: Field, delivery: Delivery) -> Counter[str]:
    """Whose leases were seen while it was sent, looked at ten times a second."""
    seen: Counter[str] = Counter()
    deadline = time.monotonic() + _END_SECONDS
    with psycopg.connect(str(field_.stack.status()["postgres"]), autocommit=True) as connection:
        while field_.sent(delivery) < delivery.recipients and time.monotonic() < deadline:
            rows = connection.execute(
                "SELECT DISTINCT owner::text FROM mailer.chunks WHERE delivery_id = %s AND state = 'leased'",
                (delivery.id,),
            )
            seen.update(str(row[0]) for row in rows)
            time.sleep(0.1)  # a sample, not a wait
    return seen


def zombie(recipients: int, pause_seconds: float = 20.0) -> Result:
    """A mailer is stopped with its messages open, another takes over, then the first goes on."""
    result = Result(
        "stopped and continued",
        {"recipients": recipients, "stopped_s": pause_seconds, "lease_s": _LEASE_SECONDS, "dot_s": _DOT_SECONDS},
    )
    settings = {
        "MAILER_SENDING__LEASE_SECONDS": str(_LEASE_SECONDS),
        "MAILER_SENDING__RENEW_SECONDS": "1",
        "MAILER_SMTP__DOT_SECONDS": str(_DOT_SECONDS),
    }
    with a_field(reply_delay=_SLOW, **settings) as field_:
        delivery = field_.send(recipients)
        field_.until_sent(delivery, recipients / 10, seconds=120)
        pid = field_.process("mailer").pid
        assert pid is not None
        open_connections = field_.sink.open_connections
        os.kill(pid, signal.SIGSTOP)
        stopped_at = field_.sent(delivery)
        with field_.another_mailer():
            time.sleep(pause_seconds)  # the length of the pause is what is tested
            result.numbers["taken_over"] = field_.sent(delivery) - stopped_at
            os.kill(pid, signal.SIGCONT)
            result.add(field_.verdict(delivery, open_connections, seconds=_END_SECONDS))
        result.numbers["open_when_stopped"] = open_connections
        result.expect(result.numbers["taken_over"] > 0, "the second mailer sent nothing while the first was stopped")
    return result
