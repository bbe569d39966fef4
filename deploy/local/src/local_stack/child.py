"""One child process that is kept running."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from local_stack import config
from local_stack.layout import StackError
from local_stack.privileges import RunAs
from local_stack.probes import Probe

FIRST_DELAY_SECONDS = 0.2
STEADY_SECONDS = 30.0
"""After running this long a process counts as healthy, and its next restart is quick again."""
EXITS_AT_START = 3
"""Dying this often before it was ever ready means that it will not come up."""
READY_SECONDS = 90.0
CANNOT_RUN = 127
"""The exit status shells give a program that could not be started."""
_POLL_SECONDS = 0.1
_LAST_LINES = 20


@dataclass(frozen=True)
class Program:
    """What to run, how to see that it is ready, and how to ask it to stop."""

    name: str
    service: str
    role: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ready: Probe
    run_as: RunAs = field(default_factory=RunAs)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 20.0


def last_lines(log: Path, count: int = _LAST_LINES) -> str:
    """The end of a log file, indented, for a message to a person."""
    with contextlib.suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        return "\n".join(f"    {line}" for line in lines)
    return ""


class Child:
    """A program, started again whenever it ends, with a growing delay.

    Each one leads a process group of its own, so that nothing it started survives it and a Ctrl-C at the
    terminal reaches only the supervisor, which stops everything in order.
    """

    def __init__(self, program: Program, log: Path, *, tell: Callable[[str], None]) -> None:
        self.program = program
        self.log = log
        self.restarts = 0
        self.ready = False
        self._exits = 0
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self.changed: Callable[[], None] = lambda: None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def keep_running(self) -> None:
        """Run until `stop`; the body of one task."""
        delay = FIRST_DELAY_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._run_once()
            if self._stopping.is_set():
                return
            self._exits += 1
            if time.monotonic() - began > STEADY_SECONDS:
                delay = FIRST_DELAY_SECONDS
            self._tell(f"{self.program.name} ended ({_cause(code)}), starting it again in {delay:.1f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), delay)
            delay = min(delay * 2, config.longest_restart_delay())
            self.restarts += 1

    async def _run_once(self) -> int:
        with self.log.open("ab") as output:
            try:
                self._process = await self._spawn(output)
            except OSError as problem:
                output.write(f"cannot run {self.program.command[0]}: {problem}\n".encode())
                return CANNOT_RUN
        if self._stopping.is_set():  # asked to stop while the process was being made
            _signal_group(self._process.pid, self.program.stop_signal)
        self.changed()
        code = await self._process.wait()
        _signal_group(self._process.pid, signal.SIGKILL)  # what it may have left behind
        self.ready = False
        self.changed()
        return code

    async def _spawn(self, output: BinaryIO) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self.program.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(self.program.environment),
            start_new_session=True,
            cwd="/" if self.program.run_as else None,
            **self.program.run_as,
        )

    async def wait_until_ready(self) -> None:
        """Return when it is ready. Raises `StackError` with its last log lines when it does not get there."""
        deadline = time.monotonic() + READY_SECONDS
        while not (self.pid is not None and await self.program.ready()):
            if self._exits >= EXITS_AT_START:
                raise StackError(f"{self.program.name} does not start; its last lines:\n{last_lines(self.log)}")
            if time.monotonic() > deadline:
                waited = f"{self.program.name} is not ready after {READY_SECONDS:.0f} s"
                raise StackError(f"{waited}; its last lines:\n{last_lines(self.log)}")
            await asyncio.sleep(_POLL_SECONDS)
        self.ready = True
        self.changed()

    async def stop(self) -> None:
        """Ask it to stop and wait; when it does not in its time, kill it."""
        self._stopping.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(self.program.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), self.program.stop_seconds)
        except TimeoutError:
            self._tell(f"{self.program.name} did not stop within {self.program.stop_seconds:.0f} s and was killed")
            _signal_group(process.pid, signal.SIGKILL)
            await process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _cause(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
