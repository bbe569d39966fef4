"""Self-clocked group commit: while one group is being synced the next one gathers, so no timer delays anybody."""

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.frames import HEAD_LENGTH
from tracker.intake.spool.keeping import Durable, Keeper, Place, Record, free_disk
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.segment import recover

log = get_logger()
_LOOKS = 10
"""How often within the deadline it is looked who has waited too long."""


@dataclass(frozen=True, slots=True)
class SpoolLimits:
    """Bounds of a spool; sizes in octets."""

    segment_size: int = 16 << 20
    group_size: int = 256 << 10
    waiting_count: int = 20_000
    """Records that may wait for the disk; beyond it they are shed."""
    reserve: int = 64 << 20
    """Free disk below which opens are shed, so that clicks have room."""
    deadline: float = 0.25
    """Seconds an answer waits for the disk; a recipient is not kept waiting for our accounts."""


class Spool:
    """Keeps records on disk in groups; everything but the writing happens on the event loop."""

    def __init__(
        self,
        folder: IntakeFolder,
        *,
        spool_id: str,
        limits: SpoolLimits | None = None,
        free_disk: Callable[[Path], int] = free_disk,
    ) -> None:
        self.more = asyncio.Event()
        """Set whenever records became durable."""
        self.shed: Counter[HitKind] = Counter()
        self._folder = folder.segments
        self._limits = limits or SpoolLimits()
        self._keeper = Keeper(
            Place(folder.segments, spool_id, self._limits.segment_size, self._limits.reserve, free_disk)
        )
        self._loop = asyncio.get_running_loop()
        self._gathering: deque[Record] = deque()
        self._writing: list[Record] = []
        self._groups: SimpleQueue[list[Record] | None] = SimpleQueue()
        self._is_scheduled = False
        self._is_closing = False
        self._is_shedding = False
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._deadline = _Deadline()
        self._looking: asyncio.TimerHandle | None = None
        torn = recover(self._folder)
        if torn:
            log.warning("torn tail of the spool cut off", octets=torn)
        self._thread = threading.Thread(target=self._write, name="spool", daemon=True)
        self._thread.start()

    @property
    def durable(self) -> Durable:
        """How far the segment that is being written may be read."""
        return self._keeper.durable

    @property
    def is_shedding(self) -> bool:
        """Whether the newest group could not be kept whole."""
        return self._is_shedding

    @property
    def is_closed(self) -> bool:
        """Whether everything is written and the segment is sealed."""
        return not self._thread.is_alive()

    def put(self, kind: HitKind, payload: bytes, release: Callable[[], None]) -> None:
        """Queue one record; never blocks. Call on the event loop.

        `release` is called once, later, on the loop: when the record is durable or shed, or when it has waited for as
        long as anybody may be kept waiting (the record is still written then).
        """
        if self._is_closing or len(self._gathering) + len(self._writing) >= self._limits.waiting_count:
            self._count_shed(kind, 1)
            self._loop.call_soon(release)
            return
        self._gathering.append((kind, payload, release))
        self._deadline.put += 1
        if not self._is_scheduled and not self._writing:
            self._is_scheduled = True
            self._is_idle.clear()
            self._loop.call_soon(self._hand_over)  # whoever else asks in this turn comes along
        if self._looking is None:
            self._look_again()

    async def close(self) -> None:
        """Write what waits, seal the segment, end the thread."""
        self._is_closing = True
        await self._is_idle.wait()
        if self._looking is not None:
            self._looking.cancel()
        self._groups.put(None)
        await asyncio.to_thread(self._thread.join)

    def _hand_over(self) -> None:
        self._is_scheduled = False
        size, group, gathering = 0, self._writing, self._gathering
        while gathering and (not group or size + len(gathering[0][1]) <= self._limits.group_size):
            record = gathering.popleft()
            size += len(record[1]) + HEAD_LENGTH
            group.append(record)
        self._groups.put(group)

    def _write(self) -> None:
        while (group := self._groups.get()) is not None:
            shed = self._keeper.keep(group)
            self._loop.call_soon_threadsafe(self._kept, shed)
        self._keeper.seal()

    def _kept(self, shed: Counter[HitKind]) -> None:
        group, self._writing = self._writing, []
        for kind, count in shed.items():
            self._count_shed(kind, count)
        self._is_shedding = bool(shed)
        metrics.SPOOLED.inc(len(group) - shed.total())
        self.more.set()
        late = self._deadline.passed - self._deadline.kept
        self._deadline.kept += len(group)
        if self._gathering:
            self._hand_over()
        else:
            self._is_idle.set()
        _release(group[late:] if late > 0 else group)

    def _count_shed(self, kind: HitKind, count: int) -> None:
        self.shed[kind] += count
        metrics.SHED.labels(kind.name.lower()).inc(count)

    def _look_again(self) -> None:
        self._looking = self._loop.call_later(self._limits.deadline / _LOOKS, self._look)

    def _look(self) -> None:
        """Release who has waited too long, if anybody; looked for only while somebody waits."""
        waiting = [*self._writing, *self._gathering] if self._deadline.is_due(self._loop.time(), self._limits) else []
        passed = self._deadline.passed - self._deadline.kept
        self._looking = None
        if self._writing or self._gathering:
            self._look_again()
        else:
            self._deadline.marks.clear()
        late = waiting[max(0, self._deadline.before - self._deadline.kept) : passed] if waiting else []
        metrics.LATE.inc(len(late))
        _release(late)


def _release(waiting: Sequence[Record]) -> None:
    for _, _, release in waiting:
        try:
            release()
        except Exception:  # one broken connection must not keep the others waiting
            log.exception("answer not given")


class _Deadline:
    """Who has waited for how long, known from how many had come at each look: nothing is noted for one record."""

    __slots__ = ("before", "kept", "marks", "passed", "put")

    def __init__(self) -> None:
        self.put = 0
        """Records that came."""
        self.kept = 0
        """Records that the disk has, or that were shed."""
        self.passed = 0
        """Records up to which nobody waits any longer."""
        self.before = 0
        """The same at the last look."""
        self.marks: deque[tuple[float, int]] = deque()

    def is_due(self, now: float, limits: SpoolLimits) -> bool:
        """Whether some have waited too long: `passed` moves on from `before`."""
        self.before = self.passed
        # Whoever came just after a look has waited one look longer than its mark says, and may wait until the next.
        oldest = now - limits.deadline * (_LOOKS - 2) / _LOOKS
        while self.marks and self.marks[0][0] <= oldest:
            self.passed = max(self.passed, self.marks.popleft()[1])
        self.marks.append((now, self.put))
        return self.passed > max(self.before, self.kept)
