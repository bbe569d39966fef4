"""What is written down about a running stack, for the commands that come later."""

import contextlib
import fcntl
import json
import os
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from local_stack.files import write_private
from local_stack.layout import Layout, StackError

_END_SECONDS = 20
_POLL_SECONDS = 0.05


@dataclass
class ProcessState:
    """One child process."""

    name: str
    service: str
    role: str
    pid: int | None
    ready: bool
    restarts: int
    born: str | None = None
    """With the pid, tells this process from a later one that was given the same number."""

    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        return self.born is not None and born(self.pid) == self.born


@dataclass
class StackState:
    """The whole stack as its supervisor last saw it."""

    phase: str
    """`starting`, `up`, `stopping`, `failed` or `down`."""
    supervisor_pid: int
    port_base: int
    smtp_gateway: str
    postgres: str
    processes: list[ProcessState] = field(default_factory=list)
    failure: str | None = None

    def save(self, layout: Layout) -> None:
        """Write it for others to read."""
        write_private(layout.state_file, json.dumps(asdict(self), indent=2))

    @classmethod
    def load(cls, layout: Layout) -> "StackState | None":
        """What was last written, or None when nothing readable is there."""
        try:
            data: dict[str, Any] = json.loads(layout.state_file.read_text(encoding="utf-8"))
            data["processes"] = [ProcessState(**process) for process in data["processes"]]
            return cls(**data)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def born(pid: int | None) -> str | None:
    """When a process began, in the kernel's own ticks; None when there is no such process."""
    if pid is None:
        return None
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]


class SupervisorLock:
    """Held by the one supervisor of a data folder; the kernel releases it even after kill -9."""

    def __init__(self, layout: Layout) -> None:
        self._path = layout.lock_file
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take it. Raises `StackError` when another supervisor has it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StackError(f"a stack is already running in {self._path.parent}") from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Give it back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @classmethod
    def is_held(cls, layout: Layout) -> bool:
        """Whether a supervisor is alive in this folder."""
        lock = cls(layout)
        if not layout.lock_file.exists():
            return False
        try:
            lock.acquire()
        except StackError:
            return True
        lock.release()
        return False


def kill_leftovers(state: StackState | None) -> list[str]:
    """End what a supervisor that was itself killed left running, and wait for it; returns the names.

    Raises `StackError` when something does not end.
    """
    ended = []
    alive = [process for process in state.processes if process.is_alive()] if state else []
    for process in alive:
        if process.pid is None:
            continue
        # PostgreSQL is asked to stop at once without clean-up: its next start replays its log.
        number = signal.SIGQUIT if process.name == "postgres" else signal.SIGKILL
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
            ended.append(process.name)
    deadline = time.monotonic() + _END_SECONDS
    while any(process.is_alive() for process in alive):
        if time.monotonic() > deadline:
            raise StackError(f"left over from before and not to be ended: {', '.join(ended)}")
        time.sleep(_POLL_SECONDS)
    return ended
