"""The local stack as its users drive it: by its command, its ports and its files."""

import inspect
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TUTTI = Path(sys.executable).with_name("tutti")
_SECONDS = 240
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Stack:
    """One data folder and its ports."""

    data_dir: Path
    port_base: int
    environment: Mapping[str, str] = field(default_factory=dict)

    def tutti(self, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of the command on this stack."""
        return subprocess.run(  # noqa: S603  the command under test
            [_TUTTI, verb, "--data-dir", self.data_dir, *options],
            check=False,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            cwd=self.data_dir.parent,
            env={**os.environ, **self.environment},
        )

    def up(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Start it in the background."""
        return self.tutti("up", "--detach", "--port-base", str(self.port_base), *options)

    def down(self) -> subprocess.CompletedProcess[str]:
        """Stop it in order."""
        return self.tutti("down")

    def status(self) -> dict[str, Any]:
        """The document of `tutti status --json`."""
        report: dict[str, Any] = json.loads(self.tutti("status", "--json").stdout)
        return report

    def process(self, name: str) -> dict[str, Any]:
        """One process of the status."""
        found: list[dict[str, Any]] = [p for p in self.status()["processes"] if p["name"] == name]
        return found[0]

    def log(self, name: str) -> str:
        """Everything a process has said, without colours."""
        return _COLOUR.sub("", (self.data_dir / "logs" / f"{name}.log").read_text(errors="replace"))

    def credentials(self) -> dict[str, str]:
        """The first administrator."""
        found: dict[str, str] = json.loads((self.data_dir / "credentials.json").read_text())
        return found


@contextmanager
def running(stack: Stack, *options: str) -> Iterator[Stack]:
    """A stack that is up; down again afterwards, whatever happened."""
    started = stack.up(*options)
    try:
        assert started.returncode == 0, started.stdout + started.stderr
        yield stack
    finally:
        stack.down()


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.1) -> None:
    """Ask again and again until it is so. Raises AssertionError when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {inspect.getsource(condition).strip()}"
        time.sleep(every)
