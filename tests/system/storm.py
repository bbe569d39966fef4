"""A job under fire: processes of the stack are killed while it runs, and afterwards everything must add up."""

import os
import signal
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tests.support.mailing import Integrator, people
from tests.support.sink import Sink
from tests.support.stack import Stack, wait_until

CONTENT = {
    "subject": "For {{ FIELD1 }}",
    "html": '<html><body><p>{{ FIELD2 }}</p><p><a href="https://shop.example/">Look</a></p></body></html>',
    "text": "{{ FIELD2 }}\n\nhttps://shop.example/\n",
}


@dataclass
class Storm:
    """One stack that sends into one sink."""

    stack: Stack
    sink: Sink

    def kill(self, name: str) -> int:
        """Kill a process without warning and wait until it is ready again; connections that were open then."""
        open_connections = self.sink.open_connections
        os.kill(self.stack.process(name)["pid"], signal.SIGKILL)
        wait_until(lambda: bool(self.stack.process(name)["ready"]), seconds=90, every=0.5)
        return open_connections

    def send(self, recipients: int, *, victim: str, kills: int, seconds: float = 200) -> None:
        """Send a job, killing `victim` evenly over it; everybody gets it, and the ledger says so.

        Extra copies: at most one per connection open at a kill, byte for byte the same.
        """
        before = dict.fromkeys(self.sink.copies, 0) | {to: len(copies) for to, copies in self.sink.copies.items()}
        accepted = self.sink.accepted
        with closing(Integrator(self.stack)) as integrator:
            job = integrator.prepare(people(recipients, columns=3), CONTENT)
            integrator.test(job)
            delivery = integrator.authorize(job)
            open_at_kills = 0
            for number in range(1, kills + 1):
                due = accepted + recipients * number // (kills + 1)
                wait_until(lambda due=due: self.sink.accepted > due, seconds=seconds)  # type: ignore[misc]
                open_at_kills += self.kill(victim)
            ended = integrator.ended(delivery, seconds=seconds)
        self._everybody_got_it(recipients, before, open_at_kills)
        self._the_ledger_adds_up(recipients, ended)

    def _everybody_got_it(self, recipients: int, before: dict[str, int], most_extra: int) -> None:
        new = {
            to: copies[before.get(to, 0) :]
            for to, copies in self.sink.copies.items()
            if to.endswith("@people.example") and len(copies) > before.get(to, 0)
        }
        assert len(new) == recipients
        assert sum(len(copies) for copies in new.values()) - recipients <= most_extra
        assert all(len(set(copies)) == 1 and copies[0].message_id for copies in new.values())

    def _the_ledger_adds_up(self, recipients: int, ended: dict[str, Any]) -> None:
        assert ended["state"] == "finished"
        assert ended["total"] == recipients == sum(ended["counts"].values()) == ended["counts"]["sent"]
