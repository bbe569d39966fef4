"""What came back, for people: counts by class, tables to download, and how the sources are doing."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from common.contracts.mailer import BounceClass, MailerActionRecordedV1
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from mailer.bounces import repository
from mailer.bounces.errors import NotStopped
from mailer.bounces.models import BounceRow, SourceRow
from mailer.bounces.schemas import BounceClassOut, BouncesOut, SourceOut, SuppressionStoppedOut
from mailer.bounces.sources import configured_sources
from mailer.config import MailerSettings, SuppressionSettings
from mailer.deliveries import service as deliveries
from mailer.deliveries.errors import DeliveryNotFound
from mailer.exporting import csv_rows
from mailer.suppression import service as suppression

COMPLAINT = "complaint"
_PAGE = 2_000
_REASONS = ("class", "permanent", "status", "reply_code", "text", "at")


async def bounces_of(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> BouncesOut:
    """A delivery's bounces by class. Raises DeliveryNotFound."""
    await deliveries.require_visible(uow, delivery_id, by=by)
    return await _report(uow, delivery_id)


async def _report(uow: UnitOfWork, delivery_id: str) -> BouncesOut:
    counts = await repository.counts(uow.session, delivery_id)
    complaints, delayed, auto_replies = await repository.other_counts(uow.session, delivery_id)
    watch = await repository.watch(uow.session, delivery_id)
    total = sum(count for _, _, count in counts)
    stopped = watch if watch is not None and watch.stopped_at is not None else None
    return BouncesOut(
        total=total,
        permanent=sum(count for _, permanent, count in counts if permanent),
        by_class=[
            BounceClassOut(
                bounce_class=BounceClass(name), permanent=permanent, count=count, share=round(count / total, 4)
            )
            for name, permanent, count in counts
        ],
        complaints=complaints,
        delayed=delayed,
        auto_replies=auto_replies,
        suppression_stopped=SuppressionStoppedOut(at=stopped.stopped_at, reason=stopped.stopped_reason or "")
        if stopped and stopped.stopped_at
        else None,
    )


@dataclass(frozen=True, slots=True)
class Export:
    """Which bounces are wanted as a table, and whether with reasons; no class: all of them, and complaints."""

    classes: Sequence[str]
    with_reasons: bool


async def export_bounces(
    work: UnitOfWorkFactory, delivery_id: str, wanted: Export, *, by: Caller
) -> AsyncIterator[str]:
    """Chosen bounces as CSV text; that somebody took them is on record before the first line leaves.

    Raises DeliveryNotFound, before anything is handed out.
    """
    async with work() as uow:
        await deliveries.require_visible(uow, delivery_id, by=by)
        _record(uow, "bounces.export", delivery_id, by)
    return _lines(work, delivery_id, wanted)


async def _lines(work: UnitOfWorkFactory, delivery_id: str, wanted: Export) -> AsyncIterator[str]:
    yield csv_rows([["address", *(_REASONS if wanted.with_reasons else ())]])
    classes = [name for name in wanted.classes if name != COMPLAINT] if wanted.classes else list(BounceClass)
    complaints = not wanted.classes or COMPLAINT in wanted.classes
    after: int | None = 0
    while after is not None:
        async with work.reader() as uow:
            span = (after, _PAGE)
            rows = await repository.listed(uow.session, delivery_id, classes, complaints=complaints, span=span)
        yield csv_rows([_cells(row, wanted) for row in rows])
        after = rows[-1].ordinal if len(rows) == _PAGE else None


def _cells(row: BounceRow, wanted: Export) -> list[str]:
    if not wanted.with_reasons:
        return [row.address]
    is_complaint = row.complained_at is not None and (row.bounced_at is None or COMPLAINT in wanted.classes)
    at = row.complained_at if is_complaint else row.bounced_at
    return [
        row.address,
        COMPLAINT if is_complaint else row.bounce_class or "",
        "" if is_complaint else str(row.permanent).lower(),
        row.enhanced_code or "",
        "" if row.reply_code is None else str(row.reply_code),
        row.reply_text or "",
        at.isoformat() if at else "",
    ]


async def resume_suppression(
    uow: UnitOfWork, delivery_id: str, policy: SuppressionSettings, *, by: Caller
) -> BouncesOut:
    """Somebody looked, and the reports are right: suppress what they say. Raises DeliveryNotFound, NotStopped."""
    if await deliveries.number_of(uow, delivery_id) is None:
        raise DeliveryNotFound(f"There is no delivery {delivery_id}", delivery_id=delivery_id)
    watch = await repository.lock_watch(uow.session, delivery_id, uow.now)
    if watch.stopped_at is None:
        raise NotStopped("Reports about this delivery suppress as usual")
    watch.stopped_at, watch.resumed_at = None, uow.now
    _record(uow, "suppression.resume", delivery_id, by)
    failing = await deliveries.failing_of(uow, delivery_id)
    after: int | None = 0
    while after is not None and failing is not None:
        rows = await repository.permanent_ones(uow.session, delivery_id, after, _PAGE)
        await suppression.note_refusals(uow, failing, [_failure(row) for row in rows], policy)
        after = rows[-1].ordinal if len(rows) == _PAGE else None
    return await _report(uow, delivery_id)


def _failure(row: BounceRow) -> suppression.Failure:
    return suppression.Failure(
        row.ordinal, row.address, row.bounce_class, row.enhanced_code, row.reply_code, row.reply_text, row.permanent
    )


def _record(uow: UnitOfWork, action: str, delivery_id: str, by: Caller) -> None:
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=action,
            target_type="delivery",
            target_id=delivery_id,
            group_id=by.group_id,
            correlation_id=uow.correlation_id,
        )
    )


async def list_sources(uow: UnitOfWork, settings: MailerSettings) -> list[SourceOut]:
    """Every source that is set up, also those nothing came from yet."""
    known = {(row.kind, row.name): row for row in await repository.sources(uow.session)}
    return [_source(kind, name, known.get((kind, name))) for kind, name in configured_sources(settings)]


def _source(kind: str, name: str, row: SourceRow | None) -> SourceOut:
    state = "silent" if row is None or (row.problem is None and row.last_received_at is None) else "ok"
    return SourceOut.model_validate(
        {
            "kind": kind,
            "name": name,
            "state": "failing" if row and row.problem else state,
            "problem": row.problem if row else None,
            "last_received_at": row.last_received_at if row else None,
            "received_count": row.received_count if row else 0,
            "unmatched_count": row.unmatched_count if row else 0,
            "quarantined_count": row.quarantined_count if row else 0,
        }
    )
