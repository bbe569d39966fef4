"""Processes are killed in the middle of their work; nothing is lost, and the work goes on by itself."""

import os
import signal
from collections.abc import Iterator

import pytest

from tests.support.mailing import Integrator, people
from tests.support.ports import free_port_base
from tests.support.sink import Sink, running_sink
from tests.support.stack import Stack, running, wait_until

RECIPIENTS = 3_000
CONTENT = {
    "subject": "For {{ FIELD1 }}",
    "html": '<html><body><p>{{ FIELD2 }}</p><p><a href="https://shop.example/">Look</a></p></body></html>',
    "text": "{{ FIELD2 }}\n\nhttps://shop.example/\n",
}


@pytest.fixture(name="sink", scope="module")
def _sink() -> Iterator[Sink]:
    """Slow enough that a job of a few thousand is still running when it is interrupted."""
    with running_sink(reply_delay=0.1) as sink:
        yield sink


@pytest.fixture(name="storm", scope="module")
def _storm(sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that sends into the sink."""
    stack = Stack(tmp_path_factory.mktemp("storm") / "data", free_port_base())
    with running(stack, "--smtp", f"127.0.0.1:{sink.port}"):
        yield stack


def test_mailer_killed_twice_loses_nothing_and_repeats_no_more_than_was_open(storm: Stack, sink: Sink) -> None:
    integrator = Integrator(storm)
    job = integrator.prepare(people(RECIPIENTS, columns=3), CONTENT)
    integrator.test(job)
    tests = sink.accepted
    delivery = integrator.authorize(job)
    open_at_kills = 0
    for share in (0.2, 0.5):
        wait_until(lambda share=share: sink.accepted - tests > RECIPIENTS * share, seconds=120)  # type: ignore[misc]
        open_at_kills += sink.open_connections
        os.kill(storm.process("mailer")["pid"], signal.SIGKILL)
        wait_until(lambda: bool(storm.process("mailer")["ready"]), seconds=60, every=0.5)
    ended = integrator.ended(delivery, seconds=200)
    assert storm.process("mailer")["restarts"] == 2

    live = {address: copies for address, copies in sink.copies.items() if address.endswith("@people.example")}
    assert len(live) == RECIPIENTS
    assert sum(len(copies) for copies in live.values()) - RECIPIENTS <= open_at_kills
    assert all(len(set(copies)) == 1 and copies[0].message_id for copies in live.values())
    assert ended["state"] == "finished"
    assert ended["total"] == RECIPIENTS == sum(ended["counts"].values()) == ended["counts"]["sent"]


@pytest.mark.parametrize("name", ["hub", "lui", "tracker", "lui-public", "catcher"])
def test_a_killed_service_comes_back_by_itself(storm: Stack, name: str) -> None:
    before = storm.process(name)
    os.kill(before["pid"], signal.SIGKILL)
    wait_until(
        lambda: storm.process(name)["ready"] and storm.process(name)["restarts"] == before["restarts"] + 1, seconds=60
    )


def test_everything_stops_in_order_when_asked(storm: Stack) -> None:
    assert storm.down().returncode == 0
    assert "was killed" not in storm.log("tutti")
    assert storm.status()["state"] == "down"
    for service in ("hub", "lui", "tracker", "mailer"):
        assert "failed=False" in storm.log(service)[-4000:]
