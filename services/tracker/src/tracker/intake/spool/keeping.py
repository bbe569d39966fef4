"""What the spool's thread does with a group: makes it durable as far as the disk allows, and says what was shed."""

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from common.observability.logging import get_logger
from tracker.intake.spool.frames import frame
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.segment import DiskFull, Segment, SyncFailed

log = get_logger()
_HEADROOM = 1024
"""Octets of a segment besides its records."""
_HOUR_SECONDS = 3600


Record = tuple[HitKind, bytes, Callable[[], None]]
"""What is to be kept: its kind says in which order records are shed; its line; what to call then."""


@dataclass(slots=True)
class Durable:
    """How far the segment that is being written may be read."""

    path: Path | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where segments go, under which name, how large, and how much of the disk is left alone."""

    folder: Path
    spool_id: str
    segment_size: int
    reserve: int
    free_disk: Callable[[Path], int]
    now: Callable[[], float] = time.time
    """Seconds since 1970."""


class Keeper:
    """Segments being written, one after the other; used by one thread only."""

    def __init__(self, place: Place) -> None:
        self.durable = Durable()
        self._place = place
        self._segment: Segment | None = None
        self._next_number = 0
        self._hour = 0.0
        self._room_checked_at = float("-inf")
        self._room_is_short = False

    def keep(self, group: Sequence[Record]) -> Counter[HitKind]:
        """Make the group durable as far as the disk allows; returns what was shed, opens first. Never raises."""
        try:
            return self._keep(group)
        except Exception:  # the thread must live: without it nobody would be told that hits are lost
            log.exception("group not kept")
            return Counter(kind for kind, _, _ in group)

    def seal(self) -> None:
        """Nothing more will come."""
        if self._segment is not None:
            try:
                self._segment.seal()
            except OSError:
                log.exception("segment not sealed")

    def _keep(self, group: Sequence[Record]) -> Counter[HitKind]:
        if not self._is_short_of_room() and self._append(_framed(group)):
            return Counter()
        # Opens first: a click says more, and comes once where a picture is loaded again and again.
        wish = [record for record in group if record[0] is not HitKind.OPEN]
        shed = Counter(kind for kind, _, _ in group)
        if self._append(_framed(wish)):
            shed -= Counter(kind for kind, _, _ in wish)
        return shed

    def _append(self, data: bytes) -> bool:
        """Whether the data is durable now. A segment that fails once is left for a new one, once."""
        if not data:
            return True
        for _ in range(2):
            try:
                segment = self._segment_for(data)
                segment.append(data)
            except DiskFull:
                return False
            except SyncFailed:
                log.exception("segment abandoned")
                self._abandon()
            except OSError:
                log.exception("spool not writable")
                self._abandon()
            else:
                self.durable = Durable(segment.path, segment.end)
                return True
        return False

    def _segment_for(self, data: bytes) -> Segment:
        # What is kept to the hour only must not lie for days between moments that others are kept by.
        hour = self._place.now() // _HOUR_SECONDS
        if self._segment is not None and (hour != self._hour or not self._segment.has_room_for(data)):
            full, self._segment = self._segment, None
            full.seal()
        self._hour = hour
        if self._segment is None:
            self._segment = self._new_segment(len(data) + _HEADROOM)
        return self._segment

    def _new_segment(self, least: int) -> Segment:
        try:
            return self._create(max(self._place.segment_size, least))
        except DiskFull:
            return self._create(least)  # the last of the disk is for hits, not for room to grow

    def _create(self, size: int) -> Segment:
        number, self._next_number = self._next_number, self._next_number + 1
        return Segment.create(self._place.folder, self._place.spool_id, number, size)

    def _abandon(self) -> None:
        if self._segment is not None:
            self._segment.abandon()
            self._segment = None

    def _is_short_of_room(self) -> bool:
        now = time.monotonic()
        if now - self._room_checked_at >= 1:
            self._room_checked_at = now
            self._room_is_short = self._place.free_disk(self._place.folder) < self._place.reserve
        return self._room_is_short


def _framed(records: Sequence[Record]) -> bytes:
    return b"".join([frame(line) for _, line, _ in records])


def free_disk(folder: Path) -> int:
    """Octets that may still be written below a folder."""
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize
