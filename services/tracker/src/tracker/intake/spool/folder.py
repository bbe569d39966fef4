"""The folder that belongs to one intake process: its identity, its link table, its segments."""

import fcntl
import os
from pathlib import Path
from typing import Self

from common.ids import new_id

_MAX_PROCESSES = 64


class NoFolderFree(RuntimeError):
    """As many processes as may share a data directory already do."""


class IntakeFolder:
    """`<data_dir>/intake-<n>`, locked for as long as the process lives.

    A process takes the lowest number that is free: after a crash the same folder, and with it the same instance
    id, comes back, so that nobody waits for an instance that is gone.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock
        self.instance_id = self._identity()

    @classmethod
    def claim(cls, data_dir: Path) -> Self:
        """The lowest free folder; raises NoFolderFree, or OSError when the disk refuses."""
        for number in range(_MAX_PROCESSES):
            folder = cls.take(data_dir / f"intake-{number}")
            if folder is not None:
                return folder
        raise NoFolderFree(f"{_MAX_PROCESSES} intakes use {data_dir} already")

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """One folder, made when it is missing, or None when a living process has it."""
        (path / "segments").mkdir(parents=True, exist_ok=True)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        return cls(path, lock)

    @classmethod
    def take_orphan(cls, beside: Path) -> Self | None:
        """A sibling folder that no process has and that still holds segments, or None."""
        for path in sorted(beside.parent.glob("intake-*")):
            if path != beside and any((path / "segments").glob("*.seg")):
                folder = cls.take(path)
                if folder is not None:
                    return folder
        return None

    @property
    def segments(self) -> Path:
        """Where the segment files are."""
        return self.path / "segments"

    @property
    def links(self) -> Path:
        """The link table's file."""
        return self.path / "links"

    @property
    def cursors(self) -> Path:
        """How far each segment has been forwarded."""
        return self.path / "cursors.json"

    def release(self) -> None:
        """Let another process have the folder."""
        os.close(self._lock)

    def _identity(self) -> str:
        file = self.path / "instance"
        if file.exists() and (known := file.read_text().strip()):
            return known
        replace_durably(file, (made := new_id()).encode())
        return made


def replace_durably(file: Path, content: bytes) -> None:
    """Put `content` in place of the file's: all of it or nothing, also after a power loss."""
    beside = file.with_suffix(".new")
    with beside.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(file)
    sync_folder(file.parent)


def sync_folder(path: Path) -> None:
    """Make names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
