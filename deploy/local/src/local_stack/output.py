"""One terminal for many processes: lines with the name in front, and the supervisor's own words."""

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95)
_POLL_SECONDS = 0.2
_NAME_WIDTH = 10


def say(text: str) -> None:
    """Tell the person at the keyboard, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Tell what went wrong, where failures are looked for."""
    sys.stderr.write(f"tutti: {text}\n")
    sys.stderr.flush()


class Follower:
    """Copies what is appended to log files to the terminal, each line behind its process's name."""

    def __init__(self, logs: Iterable[tuple[str, Path]]) -> None:
        self._coloured = sys.stdout.isatty()
        self._files: list[tuple[str, BinaryIO]] = []
        for number, (name, path) in enumerate(logs):
            path.touch(mode=0o600)
            file = path.open("rb")
            file.seek(0, 2)
            self._files.append((self._prefix(name, number), file))

    def _prefix(self, name: str, number: int) -> str:
        label = name.ljust(_NAME_WIDTH)
        return f"\x1b[{_COLOURS[number % len(_COLOURS)]}m{label}\x1b[0m | " if self._coloured else f"{label} | "

    def copy_new(self) -> None:
        """Print what has come since the last time."""
        for prefix, file in self._files:
            for line in file:
                sys.stdout.write(prefix + line.decode("utf-8", "replace").rstrip("\n") + "\n")
        sys.stdout.flush()

    async def follow(self) -> None:
        """Print for ever; ends by cancellation."""
        while True:
            self.copy_new()
            await asyncio.sleep(_POLL_SECONDS)
