"""Starts everything in order, keeps it running, stops it in the reverse order."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Iterable, Sequence
from pathlib import Path

from local_stack import databases, keys, nats_server, postgres
from local_stack.child import Child, Program, last_lines
from local_stack.layout import LOOPBACK, PORT_OFFSETS, SERVICES, Layout, SmtpServer, StackError
from local_stack.output import say
from local_stack.services import Wiring, log_file
from local_stack.state import ProcessState, StackState, SupervisorLock, born, kill_leftovers

_MIGRATE_SECONDS = 120
_LARGEST_OLD_LOG = 8 * 1024 * 1024


class Supervisor:
    """One stack from its start to its stop.

    `run` returns when the stack was stopped in order, and raises `StackError` when it does not come up; in
    both cases nothing it started is left.
    """

    def __init__(self, layout: Layout, smtp: SmtpServer | None) -> None:
        self._layout = layout
        self._smtp = smtp or layout.catcher_smtp
        self._lock = SupervisorLock(layout)
        self._stop = asyncio.Event()
        self._children: list[Child] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._state = StackState("starting", os.getpid(), layout.port_base, str(self._smtp), "")

    def request_stop(self) -> None:
        """Ask `run` to stop everything and return; may be called from a signal handler."""
        self._stop.set()

    async def run(self) -> None:
        """Start, keep, stop."""
        self._layout.data_dir.mkdir(parents=True, exist_ok=True)
        self._layout.data_dir.chmod(0o711)  # the database server's user walks through it
        self._lock.acquire()
        try:
            await self._run()
            self._enter("down")
        except StackError as problem:
            self._state.failure = str(problem)
            self._enter("failed")
            raise
        finally:
            self._lock.release()

    async def _run(self) -> None:
        await self._clear_the_ground()
        try:
            started = asyncio.create_task(self._start())
            stopped = asyncio.create_task(self._stop.wait())
            await asyncio.wait((started, stopped), return_when=asyncio.FIRST_COMPLETED)
            if not started.done():
                started.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await started
            await stopped
        finally:
            stopped.cancel()
            self._enter("stopping")
            await self._stop_all()

    async def _clear_the_ground(self) -> None:
        before = StackState.load(self._layout)
        for name in await asyncio.to_thread(kill_leftovers, before):
            say(f"ended {name}, left over from a supervisor that was killed")
        if busy := taken_ports(self._layout):
            raise StackError(
                f"already in use: {', '.join(busy)}; stop what listens there or choose another --port-base"
            )
        self._layout.logs.mkdir(mode=0o700, exist_ok=True)
        for log in self._layout.logs.glob("*.log"):
            if log.stat().st_size > _LARGEST_OLD_LOG:
                log.replace(log.with_suffix(".log.1"))

    async def _start(self) -> None:
        say("starting PostgreSQL and NATS")
        secrets = keys.load_or_create(self._layout.keys_file)
        server = await asyncio.to_thread(postgres.Postgres.of, self._layout, secrets.postgres_password)
        await postgres.prepare(server)
        self._state.postgres = server.admin_dsn()
        wiring = Wiring(self._layout, secrets, self._smtp)
        await self._bring_up([server.program(), nats_server.program(self._layout, secrets), wiring.catcher()])
        await databases.prepare(server, secrets)
        say("bringing the tables up to date")
        await self._migrate_all(wiring)
        say("starting hub, lui, tracker and mailer")
        await self._bring_up(wiring.programs())
        say(f"up: {self._layout.url('lui')} (credentials in {self._layout.credentials_file})")
        self._enter("up")

    async def _bring_up(self, programs: Sequence[Program]) -> None:
        """Start all of these at once and wait until every one is ready."""
        children = [Child(program, log_file(self._layout, program.name), tell=say) for program in programs]
        for child in children:
            child.changed = self._record
            self._children.append(child)
            self._tasks[child.program.name] = asyncio.create_task(child.keep_running(), name=child.program.name)
        try:
            async with asyncio.TaskGroup() as group:
                for child in children:
                    group.create_task(child.wait_until_ready())
        except* StackError as problems:
            raise StackError("\n".join(str(problem) for problem in problems.exceptions)) from None

    async def _migrate_all(self, wiring: Wiring) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for service in SERVICES:
                    group.create_task(self._migrate(wiring, service))
        except* StackError as problems:
            raise StackError("\n".join(str(problem) for problem in problems.exceptions)) from None

    async def _migrate(self, wiring: Wiring, service: str) -> None:
        log = log_file(self._layout, f"{service}-migrate")
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *wiring.migrate_command(service),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                env=wiring.environment(service),
                start_new_session=True,
            )
        try:
            code = await asyncio.wait_for(process.wait(), _MIGRATE_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code != 0:
            raise StackError(f"`{service} migrate` ended with exit status {code}; its last lines:\n{last_lines(log)}")

    async def _stop_all(self) -> None:
        """Services first, then NATS, then PostgreSQL: nobody loses what it still needs to say goodbye."""
        engines = {child.program.name: child for child in self._children if child.program.role == "engine"}
        await self._stop_these(child for child in self._children if child.program.role != "engine")
        await self._stop_these(engines[name] for name in ("nats",) if name in engines)
        await self._stop_these(engines[name] for name in ("postgres",) if name in engines)
        self._record()

    async def _stop_these(self, children: Iterable[Child]) -> None:
        stopping = list(children)
        await asyncio.gather(*(child.stop() for child in stopping))
        # A failure to run a program at all, a missing file for one, comes out here.
        ends = await asyncio.gather(*(self._tasks[child.program.name] for child in stopping), return_exceptions=True)
        for child, end in zip(stopping, ends, strict=True):
            if isinstance(end, Exception):
                say(f"{child.program.name}: {end}")

    def _enter(self, phase: str) -> None:
        self._state.phase = phase
        self._record()

    def _record(self) -> None:
        self._state.processes = [
            ProcessState(
                name=child.program.name,
                service=child.program.service,
                role=child.program.role,
                pid=child.pid,
                ready=child.ready,
                restarts=child.restarts,
                born=born(child.pid),
            )
            for child in self._children
        ]
        self._state.save(self._layout)


def taken_ports(layout: Layout) -> list[str]:
    """The ports of the layout that somebody already listens on, in words."""
    taken = []
    for name in PORT_OFFSETS:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((LOOPBACK, layout.port(name)))
            except OSError:
                taken.append(f"port {layout.port(name)} ({name})")
    return taken


def log_names() -> list[str]:
    """Every process of a stack, in the order in which a reader wants to tell them apart."""
    return ["postgres", "nats", "catcher", *SERVICES, "lui-public"]


def follow_paths(layout: Layout) -> list[tuple[str, Path]]:
    """The logs to show on a terminal."""
    layout.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [(name, log_file(layout, name)) for name in log_names()]


async def supervise(layout: Layout, smtp: SmtpServer | None) -> None:
    """Run a stack until SIGTERM or Ctrl-C."""
    supervisor = Supervisor(layout, smtp)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, supervisor.request_stop)
    await supervisor.run()
