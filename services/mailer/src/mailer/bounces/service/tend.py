"""What happens to reports as time passes."""

from collections import defaultdict
from datetime import datetime, timedelta

from common.contracts.signed_token import ActionToken, Purpose
from common.messaging.unit_of_work import UnitOfWork
from mailer.bounces import repository
from mailer.bounces.models import BounceRow
from mailer.bounces.service.take_in import Terms, settle_bounce, settle_complaint
from mailer.config import SuppressionSettings
from mailer.deliveries import service as deliveries
from mailer.suppression import service as suppression
from mailer.suppression.service import Candidate, Reason

_BATCH = 500
_LOOKED_AT = timedelta(days=400)
WAIT = timedelta(seconds=5)
GIVE_UP = timedelta(hours=1)
"""A message is settled seconds after it was sent; a report that waits longer is about one that never was."""


async def try_again(uow: UnitOfWork, terms: Terms) -> bool:
    """Let reports count whose message is known to be sent by now; false when none is left."""
    rows = await repository.waiting(uow.session, uow.now - WAIT, _BATCH)
    for row in rows:
        await _try(uow, row, terms)
    return len(rows) == _BATCH


async def _try(uow: UnitOfWork, row: BounceRow, terms: Terms) -> None:
    number = await deliveries.number_of(uow, row.delivery_id)
    token = ActionToken(Purpose.RETURN_PATH, number or 0, row.ordinal)
    subject = await deliveries.subject_of(uow, token) if number is not None else None
    since = row.first_waited_at or uow.now
    if subject is None or uow.now - since > GIVE_UP:
        row.waiting = None
        if subject is not None:
            await terms.watch.note_unsent(uow, subject)
    elif row.waiting == "complaint":
        await settle_complaint(uow, subject, row, terms)
    else:
        await settle_bounce(uow, subject, row, terms)


async def judge_streaks(uow: UnitOfWork, policy: SuppressionSettings) -> int:
    """Suppress addresses whose mailings failed in a row for long enough; returns how many were looked at."""
    candidates = await suppression.judge_some(uow)
    by_group: dict[str | None, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        # Without any success between it would have to be a streak already, else nothing needs to be asked.
        if suppression.has_streak(candidate, (), policy):
            by_group[candidate.group_id].append(candidate)
    for group_id, found in by_group.items():
        await _judge(uow, group_id, found, policy)
    return len(candidates)


async def _judge(
    uow: UnitOfWork, group_id: str | None, candidates: list[Candidate], policy: SuppressionSettings
) -> None:
    first = max(min(candidate.mailed[0] for candidate in candidates), uow.now - _LOOKED_AT)
    refs = await deliveries.made_since(uow, group_id, first)
    got: dict[str, list[datetime]] = defaultdict(list)
    addresses = sorted({candidate.address.lower() for candidate in candidates})
    for address, at in await deliveries.delivered_to(uow, refs, addresses):
        got[address].append(at)
    for candidate in candidates:
        if suppression.has_streak(candidate, got[candidate.address.lower()], policy):
            evidence = {"count": len(candidate.mailed), "deliveries": candidate.deliveries[-policy.streak_count :]}
            request = suppression.Request(candidate.address, group_id, Reason.SOFT_STREAK, evidence)
            await suppression.suppress(uow, request, by="service:mailer")


async def purge(uow: UnitOfWork, keep: timedelta) -> bool:
    """Remove some reports that were kept long enough; false when none is left."""
    return await repository.forget_reports(uow.session, uow.now - keep, _BATCH) == _BATCH
