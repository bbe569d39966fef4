"""What the gateway accepted and the database does not know yet: kept where a killed process does not take it along.

An answer is written to the ledger with the next group, milliseconds later. A process killed in between would leave the
envelope ambiguous, and it would be sent again. A record in a mapped file needs no system call and stays in the kernel's
memory when its process dies, so whoever takes over on the same machine finds it. It adds to the ledger and replaces
nothing of it: without the file, or on another machine, the envelope is merely ambiguous.
"""

import contextlib
import mmap
import os
import struct
from pathlib import Path
from uuid import UUID

from common.clock import utc_now
from common.observability.logging import get_logger
from mailer.envelopes.work import Item, Lease

log = get_logger()
_RECORD = struct.Struct("<16sqi4x")
"""Delivery, chunk, ordinal; an ordinal of zero is no record."""
RECORDS = 32_768
"""Far more than are ever unknown to the database at a time; then the oldest are written over."""
_SIZE = RECORDS * _RECORD.size
_KEPT_SECONDS = 24 * 3600.0


class Journal:
    """One process' own file, and a look into those that others left in the same folder."""

    def __init__(self, folder: Path, owner_id: str) -> None:
        self._folder = folder
        self._file = folder / f"{owner_id}.journal"
        self._map: mmap.mmap | None = None
        self._at = 0

    def open(self) -> None:
        """Begin; without a folder that can be written to, go on without a journal."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._file.open("wb+") as file:
                # Really there: a write into a hole of a full disk would kill the process, not raise.
                os.posix_fallocate(file.fileno(), 0, _SIZE)
                self._map = mmap.mmap(file.fileno(), _SIZE)
            self._tidy()
        except OSError as error:
            log.warning("no journal of accepted messages", reason=error.strerror)

    def accepted(self, item: Item) -> None:
        """The gateway took over an envelope."""
        if self._map is not None:
            _RECORD.pack_into(self._map, self._at, item.chunk.octets, item.chunk.lease.number, item.ordinal)
            self._at = (self._at + _RECORD.size) % _SIZE

    def keep(self) -> None:
        """Say that its process lives: a mapped file that nothing is written to looks as if it had been left."""
        if self._map is not None:
            with contextlib.suppress(OSError):
                os.utime(self._file)

    def close(self) -> None:
        """End in order: everything is in the database."""
        if self._map is not None:
            self._map.close()
            self._map = None
            self._file.unlink(missing_ok=True)

    def left_of(self, lease: Lease) -> set[int]:
        """Ordinals of a chunk that somebody's journal knows as accepted."""
        wanted = UUID(lease.delivery_id).bytes + struct.pack("<q", lease.number)
        found: set[int] = set()
        for file in self._others():
            try:
                octets = file.read_bytes()
            except OSError:
                continue
            at = octets.find(wanted)
            while at >= 0:
                if at % _RECORD.size == 0:
                    found.add(_RECORD.unpack_from(octets, at)[2])
                at = octets.find(wanted, at + 1)
        return found - {0}

    def _others(self) -> list[Path]:
        return [file for file in self._folder.glob("*.journal") if file != self._file]

    def _tidy(self) -> None:
        """Remove what has been left for so long that nobody takes over anything of it."""
        oldest = utc_now().timestamp() - _KEPT_SECONDS
        for file in self._others():
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
