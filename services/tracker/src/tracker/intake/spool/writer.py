"""Self-clocked group commit: while one group is being synced the next one gathers, so there is no timer."""

import asyncio
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.frames import frame
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.segment import DiskFull, Segment, SyncFailed, recover

log = get_logger()
_HEADROOM = 1024
"""Octets of a segment besides its records."""


@dataclass(frozen=True, slots=True)
class SpoolLimits:
    """Bounds of a spool; sizes in octets."""

    segment_size: int = 16 << 20
    group_size: int = 256 << 10
    waiting_count: int = 20_000
    """Records that may wait for the disk; beyond it they are shed."""
    reserve: int = 64 << 20
    """Free disk below which opens are shed, so that clicks have room."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    kind: HitKind
    data: bytes
    release: Callable[[], None]


@dataclass(slots=True)
class Durable:
    """How far the segment that is being written may be read."""

    path: Path | None = None
    end: int = 0


@dataclass(slots=True)
class _State:
    waiting: list[_Waiting] = field(default_factory=list)
    closing: bool = False


class Spool:
    """Keeps records on disk in groups; `release` is called on the event loop once a record is durable or shed."""

    def __init__(
        self,
        folder: IntakeFolder,
        *,
        spool_id: str,
        limits: SpoolLimits | None = None,
        free_disk: Callable[[Path], int] | None = None,
    ) -> None:
        self.durable = Durable()
        self.more = asyncio.Event()
        """Set whenever records became durable."""
        self.shed: Counter[HitKind] = Counter()
        self._folder = folder.segments
        self._spool_id = spool_id
        self._limits = limits or SpoolLimits()
        self._free_disk = free_disk or _free_disk
        self._loop = asyncio.get_running_loop()
        self._state = _State()
        self._wake = threading.Condition()
        self._segment: Segment | None = None
        self._next_number = 0
        self._room_checked_at = float("-inf")
        self._room_is_short = False
        self._is_shedding = False
        torn = recover(self._folder)
        if torn:
            log.warning("torn tail of the spool cut off", octets=torn)
        self._thread = threading.Thread(target=self._write_groups, name="spool", daemon=True)
        self._thread.start()

    @property
    def is_shedding(self) -> bool:
        """Whether the newest group could not be kept whole."""
        return self._is_shedding

    def put(self, kind: HitKind, payload: bytes, release: Callable[[], None]) -> None:
        """Queue one record; never blocks. Call on the event loop."""
        with self._wake:
            full = len(self._state.waiting) >= self._limits.waiting_count or self._state.closing
            if not full:
                self._state.waiting.append(_Waiting(kind, frame(payload), release))
                self._wake.notify()
        if full:
            self._count_shed(kind)
            release()

    async def close(self) -> None:
        """Write what waits, seal the segment, end the thread."""
        with self._wake:
            self._state.closing = True
            self._wake.notify()
        await asyncio.to_thread(self._thread.join)

    def _write_groups(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._state.waiting or self._state.closing)
                group = self._take_group()
            if not group:
                break
            try:
                shed = self._keep(group)
            except Exception:  # the thread must live: without it nobody would be told that hits are lost
                log.exception("group not kept")
                shed = Counter(entry.kind for entry in group)
            self._loop.call_soon_threadsafe(self._release, group, shed)
        if self._segment is not None:
            try:
                self._segment.seal()
            except OSError:
                log.exception("segment not sealed")

    def _take_group(self) -> list[_Waiting]:
        waiting, size = self._state.waiting, 0
        for count, entry in enumerate(waiting):
            size += len(entry.data)
            if size > self._limits.group_size:
                self._state.waiting = waiting[count:]
                return waiting[:count]
        self._state.waiting = []
        return waiting

    def _release(self, group: list[_Waiting], shed: Counter[HitKind]) -> None:
        for kind, count in shed.items():
            self._count_shed(kind, count)
        self._is_shedding = shed.total() > 0
        metrics.SPOOLED.inc(len(group) - shed.total())
        self.more.set()
        for entry in group:
            entry.release()

    def _count_shed(self, kind: HitKind, count: int = 1) -> None:
        self.shed[kind] += count
        metrics.SHED.labels(kind.name.lower()).inc(count)

    def _keep(self, group: list[_Waiting]) -> Counter[HitKind]:
        """Make the group durable as far as the disk allows; returns what was shed, opens first."""
        clicks = [entry for entry in group if entry.kind is HitKind.CLICK]
        wishes = (clicks,) if self._is_short_of_room() else (group, clicks)
        for wish in wishes:
            if self._append(b"".join(entry.data for entry in wish)):
                return Counter(entry.kind for entry in group) - Counter(entry.kind for entry in wish)
        return Counter(entry.kind for entry in group)

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
        if self._segment is not None and not self._segment.has_room_for(data):
            full, self._segment = self._segment, None
            full.seal()
        if self._segment is None:
            self._segment = self._new_segment(len(data) + _HEADROOM)
        return self._segment

    def _new_segment(self, least: int) -> Segment:
        try:
            return self._create(max(self._limits.segment_size, least))
        except DiskFull:
            return self._create(least)  # the last of the disk is for hits, not for room to grow

    def _create(self, size: int) -> Segment:
        number, self._next_number = self._next_number, self._next_number + 1
        return Segment.create(self._folder, self._spool_id, number, size)

    def _abandon(self) -> None:
        if self._segment is not None:
            self._segment.abandon()
            self._segment = None

    def _is_short_of_room(self) -> bool:
        now = time.monotonic()
        if now - self._room_checked_at >= 1:
            self._room_checked_at = now
            self._room_is_short = self._free_disk(self._folder) < self._limits.reserve
        return self._room_is_short


def _free_disk(folder: Path) -> int:
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize
