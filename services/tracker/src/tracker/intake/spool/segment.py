"""Segment files: preallocated, append-only, each naming the spool and the number it is."""

import errno
import os
from pathlib import Path
from typing import Self

from tracker.intake.spool.folder import sync_folder
from tracker.intake.spool.frames import frame, intact_length

SUFFIX = ".seg"
_ZEROS = bytes(256 << 10)
"""Written ahead of the records: a sync of blocks that were only reserved must note that they are used now."""


class DiskFull(OSError):
    """There is no room for what was to be written; nothing of it is left in the file."""


class SyncFailed(OSError):
    """The disk did not confirm; the file must not be written or believed any further."""


class Segment:
    """One file being appended to. `end` is where the durable part ends.

    A spool id names one run of one process, so a number is never used twice under the same id and an event's
    identity (spool id, segment, offset) holds for ever.
    """

    def __init__(self, path: Path, descriptor: int, size: int) -> None:
        self.path = path
        self.size = size
        self.end = 0
        self._descriptor = descriptor
        self._blank_end = size
        """Where zeros end that were written ahead of the records; behind it nothing more is to be written ahead."""

    @classmethod
    def create(cls, folder: Path, spool_id: str, number: int, size: int) -> Self:
        """A new, durable, empty segment. Raises DiskFull or OSError, leaving no file behind."""
        path = folder / segment_name(spool_id, number)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        segment = cls(path, descriptor, size)
        try:
            segment._blank_end = 0 if _reserve(descriptor, size) else size
            segment.append(frame(f"{spool_id}\t{number}".encode()))
            sync_folder(folder)
        except OSError as error:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise _named(error) from error
        return segment

    def has_room_for(self, data: bytes) -> bool:
        """Whether the data fits below the size the segment was made for."""
        return self.end + len(data) <= self.size

    def append(self, data: bytes) -> None:
        """Write and confirm. Raises DiskFull (the segment stays good) or SyncFailed (it must be abandoned)."""
        try:
            at, rest = self.end, memoryview(data)
            self._write_ahead(at + len(data))
            while rest:
                written = os.pwrite(self._descriptor, rest, at)
                at, rest = at + written, rest[written:]
        except OSError as error:
            self._drop_tail()
            raise _named(error) from error
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            # After a failed sync the kernel calls the pages clean: a second sync would lie (F19).
            self._drop_tail()
            raise SyncFailed(error.errno, "sync failed") from error
        self.end = at

    def seal(self) -> None:
        """Cut off what was preallocated and close."""
        try:
            os.ftruncate(self._descriptor, self.end)
            os.fsync(self._descriptor)
        finally:
            os.close(self._descriptor)

    def abandon(self) -> None:
        """Close without asking the disk for anything more."""
        os.close(self._descriptor)

    def _write_ahead(self, end: int) -> None:
        while self._blank_end < min(end, self.size):
            zeros = memoryview(_ZEROS)[: self.size - self._blank_end]
            self._blank_end += os.pwrite(self._descriptor, zeros, self._blank_end)

    def _drop_tail(self) -> None:
        # Whole frames behind `end` would be recovered after a crash, though nobody was told that they are kept.
        self._blank_end = self.size  # what was reserved goes with it
        try:
            os.ftruncate(self._descriptor, self.end)
        except OSError:
            return


def segment_name(spool_id: str, number: int) -> str:
    """The file name; names sort in the order in which segments were made."""
    return f"{spool_id}-{number:08d}{SUFFIX}"


def identity_of(path: Path) -> tuple[str, int]:
    """Spool id and number that a segment's name states."""
    spool_id, _, number = path.stem.rpartition("-")
    return spool_id, int(number)


def recover(folder: Path) -> int:
    """Truncate every segment to its last whole frame; returns the number of octets that were torn or blank."""
    dropped = 0
    for path in folder.glob(f"*{SUFFIX}"):
        data = path.read_bytes()
        good = intact_length(data)
        if good < len(data):
            os.truncate(path, good)
            dropped += len(data.rstrip(b"\0")) - good if len(data.rstrip(b"\0")) > good else 0
    return dropped


def _reserve(descriptor: int, size: int) -> bool:
    try:
        os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        # Some file systems cannot preallocate; the segment then grows as it is written.
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
            raise
        return False
    return True


def _named(error: OSError) -> OSError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return DiskFull(error.errno, "disk full") if full else error
