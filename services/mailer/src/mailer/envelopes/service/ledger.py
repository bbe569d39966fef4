"""The ledger as other domains use it: filling it, counting it, cancelling, retrying, and evidence from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.contracts.mailer import EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.envelopes import repository, rules
from mailer.envelopes.queries import EnvelopeQueries
from mailer.envelopes.rules import Bounce
from mailer.envelopes.schemas import EnvelopeOut
from mailer.envelopes.work import Lease

PAGE_SIZE = repository.PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Ref:
    """A delivery as the ledger knows it."""

    delivery_id: str
    created_at: datetime


async def fill_page(uow: UnitOfWork, ref: Ref, page_number: int, recipients: Sequence[tuple[int, str]]) -> None:
    """One envelope per recipient and a frozen chunk for them; doing it twice is harmless."""
    queries = EnvelopeQueries(uow.session)
    await queries.insert(ref.delivery_id, ref.created_at, page_number, recipients)
    await queries.insert_chunk(ref.delivery_id, page_number, uow.now)
    await queries.first_tally(ref.delivery_id, page_number, len(recipients))


async def start(uow: UnitOfWork, delivery_id: str) -> None:
    """Let a delivery's frozen chunks be claimed."""
    await EnvelopeQueries(uow.session).thaw(delivery_id, uow.now)


async def counts(uow: UnitOfWork, delivery_id: str) -> dict[EnvelopeState, int]:
    """Envelopes by state."""
    return rules.totals(*await repository.tallies(uow.session, delivery_id))


async def is_idle(uow: UnitOfWork, delivery_id: str) -> bool:
    """Whether no chunk of a delivery is left to act on."""
    return not await EnvelopeQueries(uow.session).has_open_chunks(delivery_id)


async def cancel_some(uow: UnitOfWork, ref: Ref) -> bool:
    """Cancel what waits in some chunks that nobody holds; false when there is none left."""
    queries = EnvelopeQueries(uow.session)
    chunks = await queries.lock_unleased(ref.delivery_id, limit=20)
    for number, page_number in chunks:
        await queries.cancel_chunk(ref.delivery_id, ref.created_at, (number, page_number), uow.now)
        await repository.recount(uow.session, ref.delivery_id, page_number, ref.created_at)
    return bool(chunks)


async def queue_again(uow: UnitOfWork, ref: Ref) -> int:
    """Queue what was cancelled, refused or expired once more, never what was sent; returns how many."""
    queries = EnvelopeQueries(uow.session)
    queued = 0
    for page_number in await queries.pages_with(ref.delivery_id, sorted(state.value for state in rules.RETRYABLE)):
        number = await repository.retry_number(uow.session)
        ordinals = await queries.queue_page_again(ref.delivery_id, ref.created_at, page_number, number)
        if ordinals:
            values = {
                "delivery_id": ref.delivery_id, "number": number, "page_number": page_number, "state": "ready",
                "next_at": uow.now, "ordinals": ordinals,
            }  # fmt: skip
            await repository.add_chunk(uow.session, values)
            await repository.recount(uow.session, ref.delivery_id, page_number, ref.created_at)
            queued += len(ordinals)
    return queued


async def send_doubtful_again(uow: UnitOfWork, ref: Ref) -> int:
    """Let what waits for a decision be sent; returns how many envelopes."""
    return await EnvelopeQueries(uow.session).hasten_decided(ref.delivery_id, uow.now)


async def take_doubtful_as_sent(uow: UnitOfWork, ref: Ref) -> int:
    """Take what waits for a decision as sent; returns how many envelopes."""
    queries, count = EnvelopeQueries(uow.session), 0
    for number, page_number in await queries.lock_undecided(ref.delivery_id):
        ordinals = await queries.settle_as_sent(ref.delivery_id, ref.created_at, (number, page_number), uow.now)
        if ordinals:
            lease = Lease(ref.delivery_id, number, page_number, 0, ordinals, was_abandoned=False)
            await repository.log_resolved(uow.session, lease, ref.created_at, ordinals)
        await repository.recount(uow.session, ref.delivery_id, page_number, ref.created_at)
        count += len(ordinals)
    return count


async def put_aside_by_lane(uow: UnitOfWork, delivery_id: str) -> dict[str, int]:
    """Envelopes that wait for a destination, by destination."""
    return await EnvelopeQueries(uow.session).aside_by_lane(delivery_id)


async def mark_bounced(uow: UnitOfWork, ref: Ref, ordinal: int, bounce: Bounce) -> bool:
    """Evidence that a message was sent and came back; false when it changes nothing (a repeat, or not sent yet)."""
    queries = EnvelopeQueries(uow.session)
    changed = await queries.mark_bounced(ref.delivery_id, ref.created_at, ordinal, bounce, uow.now)
    if changed:
        page_number = (ordinal - 1) // PAGE_SIZE + 1
        await repository.recount(uow.session, ref.delivery_id, page_number, ref.created_at)
    return changed


async def address_of(uow: UnitOfWork, ref: Ref, ordinal: int) -> str | None:
    """Where an envelope goes, or None when there is no such envelope."""
    return await EnvelopeQueries(uow.session).address(ref.delivery_id, ref.created_at, ordinal)


async def listed(uow: UnitOfWork, ref: Ref, state: str | None, after: int, limit: int) -> list[EnvelopeOut]:
    """Envelopes in ordinal order behind `after`, of one state or of all."""
    queries = EnvelopeQueries(uow.session)
    rows = await queries.page(ref.delivery_id, ref.created_at, state, (after, limit))
    accepted = [row for row in rows if row.state == EnvelopeState.SENT and row.reply_text is None]
    words = await queries.words(ref.delivery_id, ref.created_at, accepted)
    return [
        EnvelopeOut.model_validate(
            {
                "ordinal": row.ordinal,
                "address": row.address,
                "state": row.state,
                "attempts": row.attempts,
                "reply_code": row.reply_code,
                "enhanced_code": row.enhanced_code,
                "class": row.bounce_class,
                "verb": row.verb,
                "text": row.reply_text or words.get(row.ordinal),
                "next_at": row.next_at,
                "settled_at": row.settled_at,
            }
        )
        for row in rows
    ]
