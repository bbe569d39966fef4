"""Taking chunks, and finding out what a previous owner left unfinished in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from common.contracts.mailer import BounceClass, EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.composing.service import Recipient
from mailer.config import MailerSettings, SuppressionSettings
from mailer.envelopes import repository, rules
from mailer.envelopes.repository import DueEnvelope, Wish
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Chunk, Item, Job, Lease, Pending
from mailer.suppression import service as suppression

__all__ = ["Left", "Policy", "Wish", "abandon_of_the_dead", "claim", "load"]

_QUARANTINE_MARGIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things rest and what happens to what nobody knows."""

    schedule: rules.Schedule
    quarantine: timedelta
    accepted: Callable[[Lease], set[int]]
    """What a killed process left behind about a chunk, beside the ledger."""
    suppression: SuppressionSettings
    """What a refusal leads to."""

    @classmethod
    def of(cls, settings: MailerSettings, accepted: Callable[[Lease], set[int]]) -> "Policy":
        """From the configuration."""
        schedule = rules.Schedule(settings.retry_waits, timedelta(minutes=settings.sending.doubt_minutes))
        # While somebody may still be waiting for the answer to a dot, nobody else may send.
        quarantine = timedelta(seconds=settings.smtp.dot_seconds) + _QUARANTINE_MARGIN
        return cls(schedule, quarantine, accepted, settings.suppression)

    def terms(self, job: Job) -> rules.Terms:
        """What a delivery's envelopes are settled by."""
        schedule = self.schedule if job.waits is None else rules.Schedule(job.waits, job.waits[0])
        return rules.Terms(job.expires_at, schedule, job.in_doubt)


@dataclass(slots=True)
class Left:
    """What a previous owner left: outcomes to settle, and doubts."""

    outcomes: list[Pending] = field(default_factory=list)
    doubtful: list[tuple[int, rules.Settled]] = field(default_factory=list)

    def note(self, envelope: DueEnvelope, outcome: Outcome) -> None:
        """An envelope that needs settling and no sending."""
        self.outcomes.append(Pending(envelope.ordinal, outcome, envelope.attempts, envelope.doubts))


async def abandon_of_the_dead(uow: UnitOfWork, me: str) -> int:
    """Set free what processes hold that are gone, without waiting for their leases; returns how many chunks."""
    return await repository.abandon_of_the_dead(uow.session, me)


async def claim(uow: UnitOfWork, wish: Wish, limit: int) -> list[Lease]:
    """Lease chunks that are due."""
    return await repository.claim(uow.session, wish, limit=limit)


async def load(
    uow: UnitOfWork, lease: Lease, job: Job, recipients: Sequence[Recipient], policy: Policy
) -> tuple[Chunk, Left]:
    """A leased chunk with everything to be sent, and what else has to be settled in it."""
    envelopes: Sequence[DueEnvelope] = (
        [repository.untouched(recipient.ordinal, recipient.address) for recipient in recipients]
        if lease.is_first
        else await repository.due_envelopes(uow.session, lease, job.created_at)
    )
    entries: Mapping[int, Any] = {}
    accepted: set[int] = set()
    if lease.epoch > 1:
        ordinals = [envelope.ordinal for envelope in envelopes]
        accepted = policy.accepted(lease)
        entries = await repository.last_entries(uow.session, lease, job.created_at, ordinals)
    by_ordinal = {recipient.ordinal: recipient for recipient in recipients}
    hashes = {envelope.ordinal: suppression.address_hash(envelope.address) for envelope in envelopes}
    horizon = await suppression.horizon(uow)
    suppressed = await suppression.suppressed_hashes(uow, list(hashes.values()), job.group_id)
    chunk, left, items = Chunk(lease, job, horizon=horizon), Left(), []
    for envelope in envelopes:
        ordinal = envelope.ordinal
        entry = entries.get(ordinal)
        if entry is not None and entry["kind"] == Entry.INTENT and ordinal in accepted:
            left.doubtful.append((ordinal, rules.Settled(EnvelopeState.SENT)))
            continue
        if entry is not None and not _is_to_be_sent(envelope, entry, (lease, job, uow.now, policy), left):
            continue
        # What may have been sent already is not called suppressed: the gate will say so if it is not sent again.
        if hashes[ordinal] in suppressed and _is_untouched(envelope, entry):
            left.note(envelope, Outcome(EnvelopeState.SUPPRESSED, is_attempt=False))
        elif _has_expired(envelope, uow.now, job):
            left.note(envelope, _expired(envelope))
        else:
            item = Item(chunk, by_ordinal[ordinal], envelope.attempts, envelope.doubts)
            item.hash_hex = hashes[ordinal].hex()
            chunk.has_news |= hashes[ordinal] in suppressed
            items.append(item)
    _give_tokens(job, items)
    chunk.waiting.update(items)
    return chunk, left


def _give_tokens(job: Job, items: Sequence[Item]) -> None:
    for item, token in zip(items, job.message.tokens([item.recipient for item in items]), strict=True):
        item.token = token


def _is_untouched(envelope: DueEnvelope, entry: Mapping[str, Any] | None) -> bool:
    return envelope.state != EnvelopeState.IN_DOUBT and (entry is None or entry["kind"] == Entry.WITHDRAWN)


def _is_to_be_sent(
    envelope: DueEnvelope, entry: Mapping[str, Any], context: tuple[Lease, Job, datetime, Policy], left: Left
) -> bool:
    """Whether an envelope with something in the log is sent (again); otherwise what is to be settled is noted."""
    lease, job, now, policy = context
    if entry["kind"] == Entry.WITHDRAWN:
        return True
    state = rules.state_for(Entry(entry["kind"]))
    if state is not None:
        left.note(envelope, _outcome(state, entry))
        return False
    ambiguity = rules.Ambiguity(entry["at"], lease.was_abandoned)
    decided = rules.decide(ambiguity, now=now, quarantine=policy.quarantine, policy=job.in_doubt)
    if decided.state is EnvelopeState.QUEUED:
        return True
    left.doubtful.append((envelope.ordinal, decided))
    return False


def _outcome(state: EnvelopeState, said: Mapping[str, Any], *, is_attempt: bool = True) -> Outcome:
    return Outcome(
        state,
        reply_code=said["reply_code"],
        enhanced_code=said["enhanced_code"],
        bounce_class=BounceClass(said["bounce_class"]) if said["bounce_class"] else None,
        verb=said["verb"],
        reply_text=said["reply_text"],
        is_attempt=is_attempt,
    )


def _has_expired(envelope: DueEnvelope, now: datetime, job: Job) -> bool:
    return envelope.state == EnvelopeState.DEFERRED and now > job.expires_at


def _expired(envelope: DueEnvelope) -> Outcome:
    said = {
        name: getattr(envelope, name) for name in ("reply_code", "enhanced_code", "bounce_class", "verb", "reply_text")
    }
    return _outcome(EnvelopeState.EXPIRED, said, is_attempt=False)
