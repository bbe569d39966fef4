"""Stating progress, and the end of a delivery: only when the sums match."""

from collections.abc import Callable
from datetime import datetime, timedelta

from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.mailer import DeliveryFinishedV1, DeliveryProgressedV1, DeliveryState, EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import rules
from mailer.deliveries.models import DeliveryRow, ProgressRow
from mailer.deliveries.repository import DeliveryRepository
from mailer.envelopes import service as envelopes
from mailer.envelopes.rules import is_finished

_SHRED_AFTER = timedelta(hours=72)
"""As long as what failed can be tried again: until then the same recipient must keep the same pseudonym."""
_HAS_PSEUDONYMS = frozenset({TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS})


async def fail(uow: UnitOfWork, delivery_id: str, reason: str) -> None:
    """Give up a delivery before its first message."""
    delivery = await DeliveryRepository(uow.session).get_for_update(delivery_id)
    if delivery is None or delivery.state != DeliveryState.PREPARING:
        return
    delivery.state = DeliveryState.FAILED.value
    delivery.reason = reason
    while await envelopes.cancel_some(uow, _ref(delivery)):
        pass
    await _state_end(uow, delivery, {EnvelopeState.CANCELLED: delivery.recipient_count})


SendingProblem = Callable[[str, str | None], str | None]
"""Why nothing of a delivery is sent, in plain words, by its id and the sender's domain (None: no gateway is needed)."""


async def follow(uow: UnitOfWork, delivery_id: str, *, sending_problem: SendingProblem) -> bool:
    """State a delivery's progress when a second has passed, and its end when it has come; true at the end."""
    repository = DeliveryRepository(uow.session)
    delivery = await repository.get(delivery_id)
    if delivery is None or delivery.finished_at is not None:
        return False
    counts = await _counts(uow, delivery)
    if await _has_ended(uow, delivery, counts):
        return await _end(uow, delivery_id)
    progress = await repository.progress(delivery_id)
    if progress is None or uow.now - progress.stated_at < rules.STATED_EVERY:
        return False
    waiting_for = _waiting_for(delivery, counts, uow, sending_problem)
    pace = rules.pace(_before(progress), counts, uow.now)
    is_moving = delivery.state == DeliveryState.RUNNING
    rate = pace.rate_per_second if is_moving else 0.0
    shown = {state.value: count for state, count in counts.items()}
    if (shown, delivery.state, waiting_for) != (
        progress.counts,
        progress.state,
        progress.waiting_for,
    ) or rate != progress.rate_per_second:
        progress.counts, progress.state, progress.waiting_for = shown, delivery.state, waiting_for
        progress.rate_per_second, progress.expected_end = rate, pace.expected_end if is_moving else None
        progress.revision += 1
        uow.emit(_progressed(delivery, progress, counts, uow), coalesce=f"progress:{delivery_id}")
    progress.stated_at = uow.now
    return False


async def _has_ended(uow: UnitOfWork, delivery: DeliveryRow, counts: dict[EnvelopeState, int]) -> bool:
    if delivery.state == DeliveryState.RUNNING:
        return is_finished(counts) and sum(counts.values()) == delivery.recipient_count
    if delivery.state == DeliveryState.CANCELLED:
        return await envelopes.is_idle(uow, delivery.id)
    return False


async def _end(uow: UnitOfWork, delivery_id: str) -> bool:
    """Look again with the row locked: a retry or a pause may have come first."""
    delivery = await DeliveryRepository(uow.session).get_for_update(delivery_id)
    if delivery is None or delivery.finished_at is not None:
        return False
    await uow.session.refresh(delivery)
    counts = await _counts(uow, delivery)
    if not await _has_ended(uow, delivery, counts):
        return False
    if delivery.state == DeliveryState.RUNNING:
        delivery.state = DeliveryState.FINISHED.value
    await _state_end(uow, delivery, counts)
    return True


async def restate_end(uow: UnitOfWork, delivery: DeliveryRow) -> None:
    """State an end once more, with a higher revision; nothing when the delivery has not ended."""
    if delivery.finished_at is not None:
        await _state_end(uow, delivery, await _counts(uow, delivery))


async def _state_end(uow: UnitOfWork, delivery: DeliveryRow, counts: dict[EnvelopeState, int]) -> None:
    repository = DeliveryRepository(uow.session)
    delivery.finished_at = delivery.updated_at = uow.now
    secret = await repository.secret(delivery.id)
    plan = TrackingPlanV1.model_validate(delivery.tracking)
    if secret is not None and plan.level in _HAS_PSEUDONYMS:
        secret.shred_after = uow.now + _SHRED_AFTER
    progress = await uow.session.get(ProgressRow, delivery.id, with_for_update=True)
    every = {state: counts.get(state, 0) for state in EnvelopeState}
    revision = 1
    if progress is not None:
        progress.revision = revision = progress.revision + 1
        progress.counts = {state.value: count for state, count in every.items()}
        progress.state, progress.rate_per_second, progress.stated_at = delivery.state, 0.0, uow.now
        progress.expected_end = progress.waiting_for = None
    uow.emit(
        DeliveryFinishedV1(
            delivery_id=delivery.id,
            delivery_number=delivery.number,
            revision=revision,
            state=DeliveryState(delivery.state),
            total=delivery.recipient_count,
            counts=every,
            started_at=delivery.started_at,
            finished_at=uow.now,
            reason=delivery.reason,
        )
    )


async def _counts(uow: UnitOfWork, delivery: DeliveryRow) -> dict[EnvelopeState, int]:
    counts = await envelopes.counts(uow, delivery.id)
    # While recipients are still being fetched, those that are not here yet are queued too.
    missing = delivery.recipient_count - sum(counts.values())
    if missing > 0:
        has_ended = delivery.state in {DeliveryState.CANCELLED, DeliveryState.FAILED}
        counts[EnvelopeState.CANCELLED if has_ended else EnvelopeState.QUEUED] += missing
    return counts


def readiness(delivery: DeliveryRow) -> rules.Readiness:
    """What a delivery's start depends on."""
    plan = TrackingPlanV1.model_validate(delivery.tracking)
    return rules.Readiness(
        is_pulled=delivery.pulled_at is not None,
        pull_problem=delivery.pull_problem,
        waits_for_tracker=rules.needs_barrier(plan) and delivery.plan_loaded_at is None,
        not_before=delivery.not_before,
        is_held=delivery.is_held,
    )


def _waiting_for(
    delivery: DeliveryRow, counts: dict[EnvelopeState, int], uow: UnitOfWork, sending_problem: SendingProblem
) -> str | None:
    if delivery.state == DeliveryState.PREPARING:
        return rules.waits_for(readiness(delivery), uow.now)
    if delivery.state != DeliveryState.RUNNING:
        return None
    problem = sending_problem(delivery.id, None if delivery.kind == "rehearsal" else delivery.sender_domain)
    return problem or rules.why_quiet(counts, is_asked=delivery.in_doubt == "ask")


def _before(progress: ProgressRow) -> tuple[int, float, datetime] | None:
    if not progress.revision:
        return None
    done = sum(
        count for state, count in progress.counts.items() if state not in {"queued", "sending", "deferred", "in_doubt"}
    )
    return done, progress.rate_per_second, progress.stated_at


def _progressed(
    delivery: DeliveryRow, progress: ProgressRow, counts: dict[EnvelopeState, int], uow: UnitOfWork
) -> DeliveryProgressedV1:
    return DeliveryProgressedV1(
        delivery_id=delivery.id,
        revision=progress.revision,
        state=DeliveryState(delivery.state),
        total=delivery.recipient_count,
        counts={state: counts.get(state, 0) for state in EnvelopeState},
        rate_per_second=progress.rate_per_second,
        started_at=delivery.started_at,
        expected_end=progress.expected_end,
        waiting_for=progress.waiting_for,
        at=uow.now,
    )


def _ref(delivery: DeliveryRow) -> envelopes.Ref:
    return envelopes.Ref(delivery.id, delivery.created_at)
