"""Writing where envelopes went: many at once, only while the lease is still ours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from common.contracts.mailer import MOST_ACCEPTED, EnvelopesAcceptedV1, EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.envelopes import repository, rules
from mailer.envelopes.rules import Outcome, Settled, Terms
from mailer.envelopes.service.claim import Left, Policy
from mailer.envelopes.service.evidence import note_failed
from mailer.envelopes.work import Chunk, Item, Job, Lease, Pending
from mailer.suppression import service as suppression

_FAILED = frozenset({EnvelopeState.REFUSED, EnvelopeState.EXPIRED})


@dataclass(frozen=True, slots=True)
class _Row:
    pending: Pending
    settled: Settled


async def settle_left(uow: UnitOfWork, lease: Lease, job: Job, left: Left, policy: Policy) -> None:
    """Settle what was found in a chunk that another owner had."""
    doubtful = [
        _Row(Pending(ordinal, Outcome(EnvelopeState.IN_DOUBT, is_attempt=False), 0, 0), settled)
        for ordinal, settled in left.doubtful
    ]
    judged = _judged(uow, job, left.outcomes, policy)
    await _write(uow, lease, job, [*judged, *doubtful])
    await _draw_consequences(uow, job, judged, policy)
    if doubtful or left.outcomes:
        await _recount(uow, lease, job)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A chunk at one instant; what happens to it while the transaction runs belongs to the next one."""

    chunk: Chunk
    sent: tuple[tuple[int, Outcome], ...]
    pending: tuple[Pending, ...]
    accepted: tuple[tuple[int, int], ...]
    in_hand: int
    next_state: str
    """`done` when everything in it has an outcome, `ready` when it is given back, else `leased`."""

    @classmethod
    def of(cls, chunk: Chunk) -> "Snapshot":
        """Take one."""
        if chunk.is_exhausted:
            state = "done"
        else:
            state = "ready" if chunk.is_stopping and chunk.is_quiet and not chunk.denied else "leased"
        return cls(chunk, tuple(chunk.sent), tuple(chunk.outcomes), tuple(chunk.accepted), chunk.in_hand, state)


async def settle_chunk(uow: UnitOfWork, owner: str, snapshot: Snapshot, policy: Policy) -> bool:
    """Settle a chunk's outcomes and say what becomes of its lease. False when the lease is not ours any more."""
    lease, job = snapshot.chunk.lease, snapshot.chunk.job
    if not await repository.holds(uow.session, owner, lease):
        return False
    for accepted in _accepted(snapshot.sent):
        await repository.settle_sent(uow.session, lease, job.created_at, accepted, uow.now)
    judged = _judged(uow, job, snapshot.pending, policy)
    await _write(uow, lease, job, judged)
    await _draw_consequences(uow, job, judged, policy)
    if snapshot.sent or snapshot.pending:
        await _recount(uow, lease, job)
    _tell_acceptances(uow, job, snapshot.accepted)
    await repository.end_lease(uow.session, lease, state=snapshot.next_state, open_count=snapshot.in_hand)
    return True


async def give_back(uow: UnitOfWork, owner: str, lease: Lease) -> None:
    """Return a chunk untouched; anybody may claim it at once."""
    if await repository.holds(uow.session, owner, lease):
        await repository.end_lease(uow.session, lease, state="ready")


async def suppressed_items(uow: UnitOfWork, chunk: Chunk, items: Sequence[Item]) -> list[Item]:
    """Those of the envelopes the gate denied whose address must not be written to."""
    hashes = {item: suppression.address_hash(item.recipient.address) for item in items}
    found = await suppression.suppressed_hashes(uow, list(hashes.values()), chunk.job.group_id)
    return [item for item in items if hashes[item] in found]


def _tell_acceptances(uow: UnitOfWork, job: Job, accepted: Sequence[tuple[int, int]]) -> None:
    """Machines open and follow within seconds of the acceptance; tracker can tell them by that."""
    for start in range(0, len(accepted), MOST_ACCEPTED):
        some = accepted[start : start + MOST_ACCEPTED]
        first = min(at for _, at in some)
        uow.emit(
            EnvelopesAcceptedV1(
                delivery_number=job.told_as or 0,
                at=datetime.fromtimestamp(first / 1000, UTC),
                ordinals=tuple(ordinal for ordinal, _ in some),
                delays_ms=tuple(at - first for _, at in some),
            )
        )


def _judged(uow: UnitOfWork, job: Job, pending: Sequence[Pending], policy: Policy) -> list[_Row]:
    terms = policy.terms(job)
    return [_Row(each, _settled(each, uow.now, terms)) for each in pending]


def _settled(pending: Pending, now: datetime, terms: Terms) -> Settled:
    outcome = pending.outcome
    return rules.settle(
        outcome,
        rules.Count(
            attempts=pending.attempts + outcome.is_attempt,
            doubts=pending.doubts + (outcome.state is EnvelopeState.IN_DOUBT),
        ),
        now=now,
        terms=terms,
    )


async def _write(uow: UnitOfWork, lease: Lease, job: Job, rows: Sequence[_Row]) -> None:
    if not rows:
        return
    numbers = await _chunks_for_later(uow, lease, rows)
    await repository.settle(uow.session, lease, job.created_at, _columns(uow.now, lease, rows, numbers))
    resolved = [
        row.pending.ordinal
        for row in rows
        if row.settled.state is EnvelopeState.SENT and row.pending.outcome.state is EnvelopeState.IN_DOUBT
    ]
    if resolved:
        await repository.log_resolved(uow.session, lease, job.created_at, resolved)


async def _draw_consequences(uow: UnitOfWork, job: Job, rows: Sequence[_Row], policy: Policy) -> None:
    """What was refused for good in our own session leads to the same as a report of it."""
    failed = {row.pending.ordinal: row.pending.outcome for row in rows if row.settled.state in _FAILED}
    await note_failed(uow, job, failed, policy.suppression)


async def _recount(uow: UnitOfWork, lease: Lease, job: Job) -> None:
    await repository.recount(uow.session, lease.delivery_id, lease.page_number, job.created_at)


@dataclass(frozen=True, slots=True)
class Aside:
    """Envelopes that have to wait for their destination, out of the way of the others."""

    chunk: Chunk
    items: Sequence[Item]
    lane: str
    due_at: datetime


async def put_aside(uow: UnitOfWork, owner: str, aside: Aside) -> bool:
    """Move envelopes into a chunk of their lane. False when the lease is not ours any more."""
    lease, ordinals = aside.chunk.lease, [item.ordinal for item in aside.items]
    if not await repository.holds(uow.session, owner, lease):
        return False
    number = await repository.retry_number(uow.session)
    await repository.move(uow.session, lease, aside.chunk.job.created_at, number, ordinals)
    await repository.add_chunk(
        uow.session,
        {
            "delivery_id": lease.delivery_id, "number": number, "page_number": lease.page_number, "state": "ready",
            "next_at": aside.due_at, "ordinals": ordinals, "lane": aside.lane,
        },
    )  # fmt: skip
    return True


async def _chunks_for_later(uow: UnitOfWork, lease: Lease, rows: Sequence[_Row]) -> dict[datetime, int]:
    """One new chunk for all envelopes that are due at the same instant."""
    later: dict[datetime, list[int]] = defaultdict(list)
    for row in rows:
        if row.settled.next_at is not None:
            later[row.settled.next_at].append(row.pending.ordinal)
    numbers = {}
    for next_at, ordinals in later.items():
        numbers[next_at] = number = await repository.retry_number(uow.session)
        await repository.add_chunk(
            uow.session,
            {
                "delivery_id": lease.delivery_id,
                "number": number,
                "page_number": lease.page_number,
                "state": "ready",
                "next_at": next_at,
                "ordinals": ordinals,
            },
        )
    return numbers


def _accepted(sent: Sequence[tuple[int, Outcome]]) -> list[repository.Accepted]:
    """By codes: nearly always one group."""
    groups: dict[tuple[int | None, str | None], list[int]] = defaultdict(list)
    for ordinal, outcome in sent:
        groups[outcome.reply_code, outcome.enhanced_code].append(ordinal)
    return [repository.Accepted(ordinals, *codes) for codes, ordinals in groups.items()]


def _columns(now: datetime, lease: Lease, rows: Sequence[_Row], numbers: dict[datetime, int]) -> dict[str, Any]:
    outcomes = [row.pending.outcome for row in rows]
    return {
        "now": now,
        "ordinals": [row.pending.ordinal for row in rows],
        "states": [row.settled.state.value for row in rows],
        "chunks": [numbers[row.settled.next_at] if row.settled.next_at else lease.number for row in rows],
        "attempts": [int(outcome.is_attempt) for outcome in outcomes],
        "doubts": [int(outcome.is_attempt and outcome.state is EnvelopeState.IN_DOUBT) for outcome in outcomes],
        "next_ats": [row.settled.next_at for row in rows],
        "codes": [outcome.reply_code for outcome in outcomes],
        "enhanced": [outcome.enhanced_code for outcome in outcomes],
        "classes": [outcome.bounce_class for outcome in outcomes],
        "verbs": [outcome.verb for outcome in outcomes],
        "texts": [outcome.reply_text for outcome in outcomes],
    }
