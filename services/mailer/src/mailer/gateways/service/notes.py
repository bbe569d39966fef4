"""What a process writes down for others: traffic, pauses, and its part of the hour's allowance."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from common.messaging.unit_of_work import UnitOfWork
from mailer.gateways import metrics, repository
from mailer.gateways.rules.complaints import EVERYBODY
from mailer.gateways.rules.results import Slowness
from mailer.gateways.rules.shares import Standing, block_of
from mailer.gateways.rules.shown import DestinationShown
from mailer.gateways.service.line import Line
from mailer.gateways.service.pauses import write_pause

MAX_DESTINATIONS_SHOWN = 50
KEEP_TRAFFIC = timedelta(minutes=2)
COUNT_SECONDS = 30.0
MIN_COUNTED = 20
MAX_COUNTED = 200
MAX_REMEMBERED = 5_000
"""What destinations accepted is written seldom and for the larger ones, so that it never costs a row per message."""
_TIDY_SECONDS = 3600.0
_ASK_AGAIN_SECONDS = 2.0
FOREVER = float("inf")


@dataclass(slots=True)
class _Kept:
    """What was said last about a gateway, and what could not be said yet."""

    at: float
    ended: int = 0
    size: int | None = None
    hour: datetime | None = None
    counted_at: float = float("-inf")
    accepted: Counter[str] = field(default_factory=Counter)
    total: int = 0


class Notes:
    """Writes what changed since it wrote last. Nothing counts as written, or as taken, before the commit."""

    def __init__(self, process: str, clock: Callable[[], float]) -> None:
        self._process = process
        self._clock = clock
        self._kept: dict[str, _Kept] = {}
        self._published: dict[str, int] = {}
        self._tidied_at = float("-inf")
        self._committed: list[Callable[[], None]] = []

    def done(self) -> None:
        """What was written is committed."""
        committed, self._committed = self._committed, []
        for each in committed:
            each()

    def begin(self) -> None:
        """Write anew. What was written before and is not `done` is lost, and is written again."""
        self._committed = []

    async def write_pauses(self, uow: UnitOfWork, lines: Collection[Line]) -> None:
        """Tell everybody what stopped by itself. In the same transaction it is read back as everybody's."""
        for line in lines:
            pauses = line.pacer.unwritten_pauses()
            for pause in pauses:
                await write_pause(uow, line.id, pause)
            self._committed.append(partial(line.pacer.forget_pauses, pauses))

    async def write(self, uow: UnitOfWork, lines: Collection[Line], standing: Standing) -> None:
        """Traffic, sizes, what was accepted, and what is needed of the hour."""
        now = self._clock()
        rows = []
        # Everybody locks rows in the same order, so nobody waits for each other.
        for line in sorted(lines, key=lambda line: line.id):
            kept = self._kept.setdefault(line.id, _Kept(now))
            await self._write_accepted(uow, line, kept, now=now)
            if line.seen_size != kept.size:
                values = {"max_size": line.seen_size, "size_seen_at": uow.now}
                await repository.write_state(uow.session, line.id, values)
                self._committed.append(partial(setattr, kept, "size", line.seen_size))
            await self._take_allowance(uow, line, kept, standing)
            rows.append(self._row(line, kept, now, uow.now))
        await repository.write_traffic(uow.session, rows)
        if now - self._tidied_at > _TIDY_SECONDS:
            self._tidied_at = now
            await repository.forget_old(uow.session, uow.now)

    async def leave(self, uow: UnitOfWork, lines: Collection[Line]) -> None:
        """The last words of a process that stops in order."""
        await self.write_pauses(uow, lines)
        for line in sorted(lines, key=lambda line: line.id):
            kept = self._kept.setdefault(line.id, _Kept(self._clock()))
            await self._write_accepted(uow, line, kept, now=FOREVER)
            left = line.pacer.allowance.take_back()
            if left and kept.hour is not None:
                await repository.give_back(uow.session, line.id, kept.hour, left)
        await repository.forget_traffic(uow.session, self._process, uow.now - KEEP_TRAFFIC)

    def publish(self, lines: Collection[Line]) -> None:
        """Metrics."""
        for line in lines:
            metrics.CONNECTIONS.labels(line.id).set(line.pacer.door.open_count)
            metrics.USABLE.labels(line.id).set(0 if line.problem else 1)
            ended = line.pacer.ended
            metrics.ENDED.labels(line.id).inc(ended - self._published.get(line.id, 0))
            self._published[line.id] = ended
            reasons = [reason.code for reason in line.pacer.slowness()]
            for code in metrics.CODES:
                metrics.SLOWED.labels(line.id, code).set(reasons.count(code))

    async def _write_accepted(self, uow: UnitOfWork, line: Line, kept: _Kept, *, now: float) -> None:
        found = line.pacer.tick()
        kept.accepted.update(found)
        kept.total += sum(found.values())
        if not kept.total or now - kept.counted_at < COUNT_SECONDS:
            return
        written = {name: count for name, count in kept.accepted.most_common(MAX_COUNTED) if count >= MIN_COUNTED}
        await repository.add_to_day(uow.session, uow.now.date(), line.id, {EVERYBODY: kept.total, **written})
        total = kept.total

        def count() -> None:
            kept.total -= total
            kept.accepted.subtract(written)
            # Few messages to each of very many: nobody will miss them among the thousandths that matter.
            kept.accepted = Counter(dict((+kept.accepted).most_common(MAX_REMEMBERED)))
            kept.counted_at = now

        self._committed.append(count)

    async def _take_allowance(self, uow: UnitOfWork, line: Line, kept: _Kept, standing: Standing) -> None:
        allowance, most = line.pacer.allowance, line.settings.rate_per_hour
        if most is None:
            return
        wanted = block_of(most, standing.count)
        left = allowance.remaining
        if left * 2 > wanted:
            return
        asked_at = self._clock()
        taken = await repository.take_allowance(uow.session, line.id, wanted - left, most)

        def use() -> None:
            if kept.hour != taken.hour:
                allowance.take_back()
            kept.hour = taken.hour
            ends = asked_at + taken.seconds_left
            allowance.add(taken.part, ends)
            allowance.more_at = ends if taken.part < wanted - left else asked_at + _ASK_AGAIN_SECONDS

        self._committed.append(use)

    def _row(self, line: Line, kept: _Kept, now: float, at: datetime) -> dict[str, Any]:
        seconds = now - kept.at
        rate = (line.pacer.ended - kept.ended) / seconds if seconds > 0 else 0.0
        kept.at, kept.ended = now, line.pacer.ended

        def instant(until: float | None) -> str | None:
            if until is None or until == FOREVER or until <= now:
                return None
            return (at + timedelta(seconds=until - now)).isoformat()

        return {
            "process": self._process,
            "gateway_id": line.id,
            "as_of": at,
            "connections_open": line.pacer.door.open_count,
            "rate_per_second": round(rate, 3),
            "problem": line.problem,
            "destinations": [_destination(each, instant) for each in line.pacer.destinations(MAX_DESTINATIONS_SHOWN)],
            "slowness": [_slowness(each, instant) for each in line.pacer.slowness()],
        }


def _destination(each: DestinationShown, instant: Callable[[float | None], str | None]) -> dict[str, Any]:
    return {
        "name": each.name,
        "concurrency": each.concurrency,
        "limit": each.limit,
        "backoff_until": instant(each.backoff_until),
        "reason": each.reason,
    }


def _slowness(each: Slowness, instant: Callable[[float | None], str | None]) -> dict[str, Any]:
    return {
        "code": each.code,
        "destination": each.destination,
        "detail": each.detail,
        "until": instant(each.until),
    }
