"""Processes are killed in the middle of their work; nothing is lost, and the work goes on by itself."""

import os
import signal
from collections.abc import Iterator

import pytest

from tests.support.ports import free_port_base
from tests.support.sink import running_sink
from tests.support.stack import Stack, running, wait_until
from tests.system.storm import Storm


@pytest.fixture(name="storm", scope="module")
def _storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    """A stack that sends into a sink slow enough that a job of a few thousand is still running when interrupted."""
    stack = Stack(tmp_path_factory.mktemp("storm") / "data", free_port_base())
    with running_sink(reply_delay=0.1) as sink, running(stack, "--smtp", f"127.0.0.1:{sink.port}"):
        yield Storm(stack, sink)


def test_mailer_killed_twice_loses_nothing_and_repeats_no_more_than_was_open(storm: Storm) -> None:
    storm.send(3_000, victim="mailer", kills=2)
    assert storm.stack.process("mailer")["restarts"] == 2


@pytest.mark.parametrize("name", ["hub", "lui", "tracker", "lui-public", "catcher"])
def test_a_killed_service_comes_back_by_itself(storm: Storm, name: str) -> None:
    before = storm.stack.process(name)
    os.kill(before["pid"], signal.SIGKILL)

    def back() -> bool:
        now = storm.stack.process(name)
        return bool(now["ready"] and now["restarts"] == before["restarts"] + 1)

    wait_until(back, seconds=60, every=0.5)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    ("victim", "kills"), [("mailer", 20), ("postgres", 10), ("nats", 10), ("lui", 5), ("tracker", 5)]
)
def test_a_long_job_survives_a_storm(storm: Storm, victim: str, kills: int) -> None:
    storm.sink.reply_delay = 0.02
    storm.send(20_000, victim=victim, kills=kills, seconds=1200)


def test_everything_stops_in_order_when_asked(storm: Storm) -> None:
    assert storm.stack.down().returncode == 0
    assert "was killed" not in storm.stack.log("tutti")
    assert storm.stack.status()["state"] == "down"
    for service in ("hub", "lui", "tracker", "mailer"):
        assert "failed=False" in storm.stack.log(service)[-4000:]
