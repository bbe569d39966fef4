"""`tutti up`, `status`, `down` and `reset`: what comes up, what is said when it does not, what is left behind."""

import json
import os
import signal
import socket
import stat
from pathlib import Path

import psycopg
import pytest

from local_stack.layout import Layout
from local_stack.postgres import outside_home
from local_stack.state import born
from tests.support.stack import Stack, wait_until

pytestmark = pytest.mark.timeout(240)

PROCESSES = {
    ("postgres", "postgres", "engine"),
    ("nats", "nats", "engine"),
    ("catcher", "catcher", "all"),
    ("hub", "hub", "all"),
    ("lui", "lui", "all"),
    ("tracker", "tracker", "all"),
    ("mailer", "mailer", "all"),
    ("lui-public", "lui", "public"),
}


def test_status_says_where_everything_is(up: Stack) -> None:
    report = up.status()
    base = up.port_base
    assert report["state"] == "up"
    assert report["urls"] == {
        "lui": f"http://127.0.0.1:{base}",
        "hub": f"http://127.0.0.1:{base + 1}",
        "tracker": f"http://127.0.0.1:{base + 2}",
        "mailer": f"http://127.0.0.1:{base + 3}",
        "catcher": f"http://127.0.0.1:{base + 4}",
        "nats": f"nats://127.0.0.1:{base + 7}",
    }
    assert (report["smtp"], report["bounces"]) == (f"127.0.0.1:{base + 5}", f"127.0.0.1:{base + 6}")
    assert {(p["name"], p["service"], p["role"]) for p in report["processes"]} == PROCESSES
    assert all(p["ready"] and p["pid"] and p["restarts"] == 0 for p in report["processes"])


def test_the_database_is_reached_by_the_address_in_the_status(up: Stack) -> None:
    with psycopg.connect(up.status()["postgres"]) as admin:
        (fsync,) = admin.execute("SHOW fsync").fetchone() or ("",)
    assert fsync == "on"


def test_starting_it_again_changes_nothing(up: Stack) -> None:
    before = up.status()
    again = up.up()
    assert again.returncode == 0
    assert "already up" in again.stdout
    assert up.status() == before


def test_a_second_stack_in_the_same_folder_on_other_ports_is_refused(up: Stack) -> None:
    other = Stack(up.data_dir, up.port_base + 10, up.environment)
    refused = other.up()
    assert refused.returncode == 1
    assert f"already up in {up.data_dir}" in refused.stderr


def test_taken_ports_are_named_before_anything_is_started(up: Stack, tmp_path: Path) -> None:
    other = Stack(tmp_path / "other", up.port_base, up.environment)
    refused = other.up()
    assert refused.returncode == 1
    assert f"port {up.port_base} (lui)" in refused.stdout + refused.stderr
    assert not (other.data_dir / "postgres").exists()


@pytest.mark.parametrize("name", ["mailer", "nats", "postgres"])
def test_a_killed_process_comes_back_by_itself(up: Stack, name: str) -> None:
    before = up.process(name)
    os.kill(before["pid"], signal.SIGKILL)

    def back() -> bool:
        now = up.process(name)
        return bool(now["ready"] and now["pid"] != before["pid"] and now["restarts"] == before["restarts"] + 1)

    wait_until(back, seconds=30)


def test_only_its_owner_reads_what_is_secret(up: Stack) -> None:
    for name in ("keys.json", "state.json", "nats/nats.conf"):
        assert stat.S_IMODE((up.data_dir / name).stat().st_mode) == 0o600


def test_everything_listens_on_loopback_only(up: Stack) -> None:
    wide = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            host, port = address.split(":")
            if state == "0A" and up.port_base <= int(port, 16) < up.port_base + 10 and host != "0100007F":
                wide.append(int(port, 16) - up.port_base)
    assert wide == []


def test_it_stops_in_order_and_leaves_nothing_running(stack: Stack) -> None:
    assert stack.up().returncode == 0
    running = [(p["pid"], born(p["pid"])) for p in stack.status()["processes"]]
    assert stack.down().returncode == 0
    assert all(born(pid) != since for pid, since in running)
    assert stack.status()["state"] == "down"
    assert sorted((stack.data_dir / "order").read_text().split()) == ["hub", "lui", "lui", "mailer", "tracker"]
    assert "shut down" in stack.log("postgres").splitlines()[-1]
    assert "ended" not in stack.log("tutti")


def test_what_was_there_is_there_after_a_restart(stack: Stack) -> None:
    assert stack.up().returncode == 0
    keys = (stack.data_dir / "keys.json").read_text()
    with psycopg.connect(stack.status()["postgres"], autocommit=True) as admin:
        admin.execute("CREATE TABLE hub.kept AS SELECT 1 AS one")
    assert stack.down().returncode == 0
    assert stack.up().returncode == 0
    with psycopg.connect(stack.status()["postgres"]) as admin:
        assert admin.execute("SELECT one FROM hub.kept").fetchone() == (1,)
    assert (stack.data_dir / "keys.json").read_text() == keys


def test_what_a_killed_supervisor_left_is_ended_by_the_next_start(stack: Stack) -> None:
    assert stack.up().returncode == 0
    running = [(p["pid"], born(p["pid"])) for p in stack.status()["processes"]]
    supervisor = json.loads((stack.data_dir / "state.json").read_text())["supervisor_pid"]
    os.kill(supervisor, signal.SIGKILL)
    wait_until(lambda: stack.status()["state"] == "down", seconds=10)
    assert stack.up().returncode == 0
    assert all(born(pid) != since for pid, since in running)
    assert stack.status()["state"] == "up"


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ("mailer migrate", ["`mailer migrate` ended with exit status 1", "the tables are not as expected"]),
        ("tracker", ["tracker does not start", "no configuration for this"]),
    ],
)
def test_a_service_that_does_not_come_up_is_named_with_its_last_words(
    stack: Stack, fails: str, said: list[str]
) -> None:
    stack.environment = {**stack.environment, "STUB_FAILS": fails}
    failed = stack.up()
    assert failed.returncode == 1
    assert all(words in failed.stdout for words in said), failed.stdout
    assert stack.status()["state"] == "down"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", stack.port_base + 9)) != 0


def test_reset_removes_the_folder_and_everything_that_ran_in_it(stack: Stack) -> None:
    assert stack.up().returncode == 0
    running = [(p["pid"], born(p["pid"])) for p in stack.status()["processes"]]
    assert stack.tutti("reset", "--yes").returncode == 0
    assert not stack.data_dir.exists()
    assert all(born(pid) != since for pid, since in running)


def test_reset_touches_no_folder_that_is_not_a_stacks(stack: Stack) -> None:
    stack.data_dir.mkdir()
    (stack.data_dir / "thesis.tex").write_text("years of work")
    refused = stack.tutti("reset", "--yes")
    assert refused.returncode == 1
    assert "does not look like the folder of a stack" in refused.stderr
    assert (stack.data_dir / "thesis.tex").exists()


def test_two_stacks_run_side_by_side(up: Stack, stack: Stack) -> None:
    assert stack.up().returncode == 0
    assert (up.status()["state"], stack.status()["state"]) == ("up", "up")
    assert stack.down().returncode == 0
    assert up.status()["state"] == "up"


def test_down_without_a_stack_is_no_failure(stack: Stack) -> None:
    done = stack.down()
    assert (done.returncode, done.stdout) == (0, "nothing was running\n")


@pytest.mark.parametrize("text", ["nowhere", "host:", ":25", "host:0", "host:70000", "host:smtp"])
def test_a_gateway_that_is_no_address_is_refused_at_once(stack: Stack, text: str) -> None:
    refused = stack.up("--smtp", text)
    assert refused.returncode == 1
    assert "--smtp wants HOST:PORT" in refused.stderr
    assert not stack.data_dir.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the database server as somebody else")
def test_the_folder_may_lie_in_a_private_home(stack: Stack, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert stack.up().returncode == 0
    outside = outside_home(Layout(stack.data_dir))
    assert outside.exists()
    assert stack.tutti("reset", "--yes").returncode == 0
    assert not outside.exists()
