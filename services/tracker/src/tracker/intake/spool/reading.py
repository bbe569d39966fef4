"""What the forwarder takes from the spool: batches of whole records, segment by segment, and how far it got."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from tracker.intake.spool.folder import IntakeFolder, replace_durably, sync_folder
from tracker.intake.spool.frames import HEAD_LENGTH, read_frames
from tracker.intake.spool.keeping import Durable
from tracker.intake.spool.segment import SUFFIX, identity_of

MAX_RECORDS = 500
MAX_OCTETS = 200 << 10
_WINDOW = 512 << 10


@dataclass(frozen=True, slots=True)
class SpoolBatch:
    """Records that follow each other in one segment."""

    path: Path
    spool_id: str
    segment: int
    first_offset: int
    next_offset: int
    lines: tuple[str, ...]
    """Offset and record, tab-separated."""


class SpoolReader:
    """Reads what is durable, in order; remembers what has been moved on; deletes segments that are through.

    It may read ahead of what has been moved on: batches are taken one after the other, and moved on in that order.
    `durable` tells how far the segment that `spool_id` is writing may be read.
    """

    def __init__(
        self, folder: IntakeFolder, *, spool_id: str | None = None, durable: Callable[[], Durable] = Durable
    ) -> None:
        self._folder = folder
        self._spool_id = spool_id
        self._durable = durable
        self._cursors = _read_cursors(folder.cursors)
        self._ahead = dict(self._cursors)

    def next_batch(self) -> SpoolBatch | None:
        """The oldest records not read yet, or None; segments that are through are deleted on the way."""
        for path in self._paths():
            end, is_sealed = self._readable(path)
            batch = self._batch(path, end)
            if batch is not None:
                self._ahead[path.name] = batch.next_offset
                return batch
            if is_sealed and self._cursors.get(path.name, 0) == self._ahead.get(path.name, 0):
                self._delete(path)
        return None

    def advance(self, batch: SpoolBatch) -> None:
        """The batch has been taken over by the stream."""
        self._cursors[batch.path.name] = batch.next_offset

    def save(self) -> None:
        """Write down how far everything has been moved on. Raises OSError when that is not possible."""
        replace_durably(self._folder.cursors, orjson.dumps(self._cursors))

    def rewind(self) -> None:
        """Read again what has been read and was not moved on."""
        self._ahead = dict(self._cursors)

    def backlog(self) -> int:
        """Octets that may be read and have not been moved on."""
        return sum(max(0, self._readable(path)[0] - self._cursors.get(path.name, 0)) for path in self._paths())

    def _paths(self) -> list[Path]:
        return sorted(self._folder.segments.glob(f"*{SUFFIX}"))

    def _readable(self, path: Path) -> tuple[int, bool]:
        spool_id, number = identity_of(path)
        if spool_id != self._spool_id:
            return path.stat().st_size, True
        durable = self._durable()
        if durable.path is None:
            return 0, False
        current = identity_of(durable.path)[1]
        if number == current:
            return durable.end, False
        # A segment behind the current one was made a moment ago and is not durable yet.
        return (path.stat().st_size, True) if number < current else (0, False)

    def _batch(self, path: Path, end: int) -> SpoolBatch | None:
        start = self._ahead.get(path.name, 0)
        if start >= end:
            return None
        with path.open("rb") as file:
            data = os.pread(file.fileno(), min(_WINDOW, end - start), start)
        lines: list[str] = []
        first, after, size = start, start, 0
        for at, payload in read_frames(data):
            if start + at == 0:  # the segment's own name
                after = first = HEAD_LENGTH + len(payload)
                continue
            line = f"{start + at}\t{payload.decode()}"
            size += len(line)
            if lines and (len(lines) >= MAX_RECORDS or size > MAX_OCTETS):
                break
            lines.append(line)
            after = start + at + HEAD_LENGTH + len(payload)
        if not lines:
            return None
        spool_id, segment = identity_of(path)
        return SpoolBatch(path, spool_id, segment, first, after, tuple(lines))

    def _delete(self, path: Path) -> None:
        path.unlink()
        sync_folder(self._folder.segments)
        self._cursors.pop(path.name, None)
        self._ahead.pop(path.name, None)


def _read_cursors(file: Path) -> dict[str, int]:
    try:
        known = orjson.loads(file.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}  # everything is moved on again, and dropped where it is known already
    return {str(name): int(offset) for name, offset in known.items()} if isinstance(known, Mapping) else {}
