"""The verbs of the command: start, stop, remove."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from local_stack import config, postgres
from local_stack.layout import Layout, SmtpServer, StackError
from local_stack.output import Follower, say
from local_stack.state import StackState, SupervisorLock, kill_leftovers
from local_stack.supervisor import follow_paths, supervise

_START_SECONDS = 300
_STOP_SECONDS = 90
_POLL_SECONDS = 0.1


def run_in_front(layout: Layout, smtp: SmtpServer | None) -> None:
    """Run a stack at this terminal until Ctrl-C, showing what its processes say."""

    async def with_output() -> None:
        follower = Follower(follow_paths(layout))
        task = asyncio.create_task(follower.follow())
        try:
            await supervise(layout, smtp)
        finally:
            task.cancel()
            follower.copy_new()

    asyncio.run(with_output())


def run_behind(layout: Layout, smtp: SmtpServer | None) -> None:
    """The body of the detached process; its output goes to the file its parent opened."""
    asyncio.run(supervise(layout, smtp))


def detach(layout: Layout, smtp: SmtpServer | None) -> None:
    """Start a stack in the background and return when everything is ready.

    A stack that is already up in this folder with the same ports and gateway is left as it is.
    """
    if SupervisorLock.is_held(layout):
        _must_be_the_same(layout, smtp)
        say(f"already up: {layout.url('lui')}")
        return
    layout.data_dir.mkdir(parents=True, exist_ok=True)
    layout.logs.mkdir(mode=0o700, exist_ok=True)
    log = layout.logs / "tutti.log"
    command = [sys.executable, "-m", "local_stack", "up", "--supervise"]
    command += ["--data-dir", str(layout.data_dir), "--port-base", str(layout.port_base)]
    command += ["--smtp", str(smtp)] if smtp else []
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=config.inherited_environment() | {"PYTHONUNBUFFERED": "1"},
        )
    _wait_until_up(layout, process, log)


def _must_be_the_same(layout: Layout, smtp: SmtpServer | None) -> None:
    state = StackState.load(layout)
    wanted = str(smtp or layout.catcher_smtp)
    if state is None or state.phase != "up":
        raise StackError(
            f"a stack in {layout.data_dir} is {state.phase if state else 'starting'}; wait, or `tutti down`"
        )
    if (state.port_base, state.smtp_gateway) != (layout.port_base, wanted):
        raise StackError(
            f"a stack is already up in {layout.data_dir} with port base {state.port_base} and gateway "
            f"{state.smtp_gateway}; `tutti down` first"
        )


def _wait_until_up(layout: Layout, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    with log.open(encoding="utf-8", errors="replace") as words:
        while True:
            ended = process.poll() is not None
            state = StackState.load(layout)
            ready = state is not None and state.supervisor_pid == process.pid and state.phase == "up"
            for line in words:
                say(line.rstrip("\n"))
            if ready:
                return
            if ended:
                raise StackError("the stack did not come up, see above")
            if time.monotonic() > deadline:
                process.terminate()
                raise StackError(f"the stack is not up after {_START_SECONDS} s; see {layout.logs}")
            time.sleep(_POLL_SECONDS)


def stop(layout: Layout) -> bool:
    """Stop the stack of this folder in order. Returns whether there was one."""
    state = StackState.load(layout)
    if not SupervisorLock.is_held(layout):
        return bool(kill_leftovers(state))
    if state is None:
        raise StackError(f"{layout.state_file} cannot be read; end the supervisor by hand")
    with contextlib.suppress(ProcessLookupError):
        os.kill(state.supervisor_pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while SupervisorLock.is_held(layout):
        if time.monotonic() > deadline:
            raise StackError(f"the stack does not stop; its supervisor is process {state.supervisor_pid}")
        time.sleep(_POLL_SECONDS)
    return True


def remove(layout: Layout) -> None:
    """Stop the stack and remove its folder. Raises `StackError` when the folder is not a stack's."""
    if not layout.data_dir.exists():
        return
    ours = (layout.keys_file, layout.state_file, layout.lock_file)
    if any(layout.data_dir.iterdir()) and not any(path.exists() for path in ours):
        raise StackError(f"{layout.data_dir} does not look like the folder of a stack; nothing was removed")
    stop(layout)
    outside = postgres.outside_home(layout)
    for folder in (outside, outside.with_name(f"{outside.name}-programs"), layout.data_dir):
        if folder.exists():
            shutil.rmtree(folder)
