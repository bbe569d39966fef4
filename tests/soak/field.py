"""Where storms take place: a whole stack of its own that sends into a durable sink."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from local_stack import keys
from local_stack.layout import LOOPBACK, Layout, SmtpServer
from local_stack.services import Wiring
from local_stack.state import ProcessState, StackState
from tests.soak.checker import Evidence, Verdict, judge
from tests.soak.ledger import Ledger
from tests.soak.sink import Accepted, Sink, running_sink
from tests.support.engines import free_port
from tests.support.mailing import FINAL, Integrator, people
from tests.support.ports import free_port_base
from tests.support.stack import Stack, running

CONNECTIONS = 20
DOMAIN = "@people.example"
CONTENT = {
    "subject": "For {{ FIELD1 }}",
    "html": '<html><body><p>{{ FIELD2 }}</p><p><a href="https://shop.example/">Look</a></p></body></html>',
    "text": "{{ FIELD2 }}\n\nhttps://shop.example/\n",
}
_BACK_SECONDS = 60.0
_LOOK_SECONDS = 0.01


@dataclass
class Delivery:
    """One job on its way to its recipients."""

    id: str
    job: str
    recipients: int
    before: int
    """What the sink had accepted when it was authorized."""


@dataclass
class Field:
    """The stack, its sink and who drives it."""

    stack: Stack
    sink: Sink
    integrator: Integrator
    layout: Layout

    def process(self, name: str) -> ProcessState:
        """A process of the stack, as its supervisor last wrote it down."""
        state = StackState.load(self.layout)
        assert state is not None
        return next(each for each in state.processes if each.name == name)

    def strike(self, name: str, number: signal.Signals) -> int:
        """Send a signal to a process of the stack; connections open at the sink right before."""
        pid = self.process(name).pid
        assert pid is not None, f"{name} does not run"
        open_connections = self.sink.open_connections
        os.kill(pid, number)
        return open_connections

    def replaced(self, name: str, restarts: int, *, seconds: float = _BACK_SECONDS) -> None:
        """Wait until the supervisor has started a process again."""
        self.until(lambda: self.process(name).restarts > restarts and self.process(name).pid is not None, seconds)

    @staticmethod
    def until(condition: Any, seconds: float) -> None:
        """Wait for something. Raises AssertionError when it does not come."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds:.0f} s"
            time.sleep(_LOOK_SECONDS)

    def send(self, recipients: int, *, tracking: str = "personal") -> Delivery:
        """Prepare, test and authorize a job."""
        job = self.integrator.prepare(people(recipients, columns=3), CONTENT, tracking=tracking)
        self.integrator.test(job)
        before = self.sink.accepted
        return Delivery(self.integrator.authorize(job), job, recipients, before)

    def sent(self, delivery: Delivery) -> int:
        """Messages of the delivery that the sink has accepted."""
        return self.sink.accepted - delivery.before

    def until_sent(self, delivery: Delivery, count: float, *, seconds: float) -> None:
        """Wait until so many were accepted."""
        self.until(lambda: self.sent(delivery) >= count, seconds)

    def verdict(self, delivery: Delivery, allowed_extra: int, *, seconds: float) -> Verdict:
        """Wait for the end and compare everything."""
        ended = self._ended(delivery, seconds)
        ledger = Ledger(str(self.stack.status()["postgres"]), delivery.id)
        with contextlib.closing(ledger):
            return judge(
                Evidence(
                    frozen={number: f"person{number}{DOMAIN}" for number in range(1, delivery.recipients + 1)},
                    states=ledger.states(),
                    entries=ledger.entries(),
                    accepted=self.lines(delivery),
                    report=ended["counts"],
                    allowed_extra=allowed_extra,
                )
            )

    def _ended(self, delivery: Delivery, seconds: float) -> dict[str, Any]:
        """The delivery once it is over; lui may be away or say 503 for a while, as it does without its database."""
        found: dict[str, Any] = {}

        def over() -> bool:
            try:
                reply = self.integrator.http.get(f"/deliveries/{delivery.id}")
            except httpx.TransportError:
                return False
            if reply.is_success:
                found.update(reply.json())
            return found.get("state") in FINAL

        self.until(over, seconds)
        return found

    def lines(self, delivery: Delivery) -> Iterator[Accepted]:
        """The sink's lines of the delivery's recipients since it was authorized."""
        return (line for line in islice(self.sink.lines(), delivery.before, None) if line.rcpt_to.endswith(DOMAIN))

    @contextlib.contextmanager
    def another_mailer(self) -> "Iterator[subprocess.Popen[bytes]]":
        """A second sending process on the same database, as another host would run it."""
        # With the settings of the first: how long open messages rest is the taker's to know.
        environment = self._wiring().environment("mailer") | dict(self.stack.environment)
        environment |= {"MAILER_HTTP_PORT": str(free_port()), "MAILER_BOUNCE_PORT": "0"}
        with (self.layout.logs / "mailer-2.log").open("ab") as log:
            command = [sys.executable, "-m", "mailer", "serve", "--role", "worker"]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            _until_ready(int(environment["MAILER_HTTP_PORT"]), process)
            yield process
        finally:
            process.terminate()
            process.wait(_BACK_SECONDS)

    def _wiring(self) -> Wiring:
        return Wiring(self.layout, keys.load_or_create(self.layout.keys_file), SmtpServer(LOOPBACK, self.sink.port))

    def token_key(self) -> str:
        """What tokens of this stack are made with."""
        return keys.load_or_create(self.layout.keys_file).token_key


def _until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    def ready() -> bool:
        assert process.poll() is None, "the second mailer ended"
        try:
            return httpx.get(f"http://{LOOPBACK}:{port}/health/ready", trust_env=False).is_success
        except httpx.TransportError:
            return False

    Field.until(ready, _BACK_SECONDS)


@contextlib.contextmanager
def a_field(*, reply_delay: float = 0.0, **settings: str) -> Iterator[Field]:
    """A fresh stack; `settings` are environment variables of its services."""
    environment = {
        "TUTTI_RESTART_SECONDS": "0.2",
        "MAILER_SMTP__CONNECTIONS": str(CONNECTIONS),
        "MAILER_SENDING__DOUBT_MINUTES": "0.05",
        "MAILER_SENDING__RETRY_MINUTES": "[0.05]",
        **settings,
    }
    with contextlib.ExitStack() as context:
        folder = Path(context.enter_context(tempfile.TemporaryDirectory(prefix="tutti-storm-")))
        sink = context.enter_context(running_sink(folder / "sink", reply_delay=reply_delay))
        stack = Stack(folder / "data", free_port_base(), environment)
        context.enter_context(running(stack, "--smtp", f"{LOOPBACK}:{sink.port}"))
        integrator = context.enter_context(contextlib.closing(Integrator(stack)))
        yield Field(stack, sink, integrator, Layout(stack.data_dir, stack.port_base))
