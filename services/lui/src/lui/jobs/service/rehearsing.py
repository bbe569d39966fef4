"""Rehearsing a job: sent by the very same code, to a receiver of mailer's own."""

from dataclasses import dataclass

from common.contracts.digest import RecipientsDigest
from common.contracts.lui import DeliveryKind, RehearsalV1
from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import service as audience
from lui.deliveries import service as deliveries
from lui.jobs.rules.steps import NEEDED_FOR_TEST
from lui.jobs.schemas import RehearsalIn
from lui.jobs.service.hand_over import Addressed, Occasion, hand_over
from lui.jobs.service.load import lock_job, record
from lui.jobs.service.testing import require_ready
from lui.jobs.words import Action

_PAGE = 5_000


@dataclass
class Rehearsing:
    """What a rehearsal is asked for with."""

    asked: RehearsalIn
    list_domain: str
    most_at_once: int


@dataclass
class FirstOnes:
    """The first recipients of a snapshot."""

    id: str
    accepted_count: int
    digest: str


async def rehearse(uow: UnitOfWork, job_id: str, wish: Rehearsing, *, by: Caller) -> str:
    """Rehearse the job with its own recipients, who get nothing; returns the delivery's id.

    Raises JobNotFound, ActionNotAllowed, JobNotReady, RehearsalsBusy.
    """
    found = await lock_job(uow, job_id, by=by)
    found.require(Action.REHEARSE)
    require_ready(found, NEEDED_FOR_TEST)
    recipients = found.prepared.recipients
    if recipients is None:
        raise AssertionError("recipients are needed for a rehearsal")
    await deliveries.require_room_to_rehearse(uow, wish.most_at_once)
    answers = wish.asked.answers
    occasion = Occasion(
        kind=DeliveryKind.REHEARSAL,
        key=f"rehearsal:{new_id()}",
        snapshot=await _first(uow, recipients.snapshot, wish.asked.limit),
        not_before=uow.now,
        list_domain=wish.list_domain,
        by=by.account_id,
        rehearsal=RehearsalV1(seed=wish.asked.seed, **answers.model_dump(exclude={"accept"})),
    )
    delivery_id = await hand_over(uow, found, occasion)
    found.touch()
    count = occasion.snapshot.accepted_count
    record(uow, "rehearse", found.job, by=by.account_id, detail={"delivery_id": delivery_id, "count": count})
    return delivery_id


async def _first(uow: UnitOfWork, snapshot: Addressed, limit: int | None) -> Addressed:
    if limit is None or limit >= snapshot.accepted_count:
        return snapshot
    digest = RecipientsDigest()
    for after in range(0, limit, _PAGE):
        page = await audience.recipients_page(uow, snapshot.id, after, min(_PAGE, limit - after))
        for ordinal, address, values in page:
            digest.add(ordinal, address, values)
    return FirstOnes(snapshot.id, limit, digest.hexdigest())
