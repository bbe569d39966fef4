"""Noticing that the reports about a delivery are unusual, and stopping what they would lead to."""

from collections import Counter
from datetime import timedelta

from common.contracts.mailer import MailerActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from mailer.bounces import repository
from mailer.bounces.models import BounceRow, WatchRow
from mailer.config import SuppressionSettings
from mailer.deliveries.service import Subject

log = get_logger()
_MAX_DELIVERIES = 10_000


class Watch:
    """Counts permanent failures a delivery; a process writes its count down now and then, not for each."""

    def __init__(self, policy: SuppressionSettings) -> None:
        self._policy = policy
        self._step = max(1, policy.anomaly_least // 10)
        self._uncounted: Counter[str] = Counter()
        self._unsent: Counter[str] = Counter()

    async def is_stopped(self, uow: UnitOfWork, subject: Subject, row: BounceRow) -> bool:
        """Whether this report must not suppress anybody."""
        if row.permanent and self._is_due(self._uncounted, subject):
            await self._count(uow, subject, permanent=self._uncounted.pop(subject.delivery_id))
        watch = await repository.watch(uow.session, subject.delivery_id)
        return watch is not None and watch.stopped_at is not None

    async def note_unsent(self, uow: UnitOfWork, subject: Subject) -> None:
        """A report came for a message that was never sent: only somebody who makes reports up knows of it."""
        if self._is_due(self._unsent, subject):
            await self._count(uow, subject, unsent=self._unsent.pop(subject.delivery_id))

    def _is_due(self, counter: "Counter[str]", subject: Subject) -> bool:
        if len(counter) >= _MAX_DELIVERIES and subject.delivery_id not in counter:
            counter.clear()
        counter[subject.delivery_id] += 1
        return counter[subject.delivery_id] >= self._step

    async def _count(self, uow: UnitOfWork, subject: Subject, *, permanent: int = 0, unsent: int = 0) -> None:
        policy = self._policy
        watch = await repository.lock_watch(uow.session, subject.delivery_id, uow.now)
        if uow.now - watch.window_from > timedelta(minutes=policy.anomaly_minutes):
            watch.window_from, watch.permanent_count, watch.unsent_count = uow.now, 0, 0
        watch.permanent_count += permanent
        watch.unsent_count += unsent
        if watch.stopped_at is not None or watch.resumed_at is not None:
            return
        if watch.permanent_count >= max(policy.anomaly_least, policy.anomaly_share * subject.recipient_count):
            _stop(uow, subject, watch, f"{watch.permanent_count} permanent failures were reported within minutes")
        elif watch.unsent_count >= policy.anomaly_least and watch.unsent_count > watch.permanent_count:
            _stop(uow, subject, watch, f"{watch.unsent_count} reports were about messages that were never sent")


def _stop(uow: UnitOfWork, subject: Subject, watch: WatchRow, reason: str) -> None:
    watch.stopped_at, watch.stopped_reason = uow.now, reason
    log.warning("automatic suppression stopped", delivery_id=subject.delivery_id, reason=reason)
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id="service:mailer",
            action="suppression.stop",
            target_type="delivery",
            target_id=subject.delivery_id,
            group_id=subject.group_id,
            detail={"reason": reason},
            correlation_id=uow.correlation_id,
        )
    )
