"""Taking chunks, and finding out what a previous owner left unfinished in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from common.contracts.mailer import BounceClass, EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.composing.service import Recipient
from mailer.config import MailerSettings
from mailer.envelopes import repository, rules
from mailer.envelopes.models import EnvelopeRow
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Chunk, Item, Job, Lease, Pending
from mailer.suppression import service as suppression

_QUARANTINE_MARGIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things rest and what happens to what nobody knows."""

    schedule: rules.Schedule
    quarantine: timedelta
    ambiguity: str

    @classmethod
    def of(cls, settings: MailerSettings) -> "Policy":
        """From the configuration."""
        schedule = rules.Schedule(settings.retry_waits, timedelta(minutes=settings.sending.doubt_minutes))
        # While somebody may still be waiting for the answer to a dot, nobody else may send.
        quarantine = timedelta(seconds=settings.smtp.dot_seconds) + _QUARANTINE_MARGIN
        return cls(schedule, quarantine, settings.sending.ambiguity)


@dataclass(slots=True)
class Left:
    """What a previous owner left: outcomes to settle, and doubts."""

    outcomes: list[Pending] = field(default_factory=list)
    doubtful: list[tuple[int, rules.Settled]] = field(default_factory=list)

    def note(self, envelope: EnvelopeRow, outcome: Outcome) -> None:
        """An envelope that needs settling and no sending."""
        self.outcomes.append(Pending(envelope.ordinal, outcome, envelope.attempts, envelope.doubts))


async def abandon_of_the_dead(uow: UnitOfWork, me: str) -> int:
    """Set free what processes hold that are gone, without waiting for their leases; returns how many chunks."""
    return await repository.abandon_of_the_dead(uow.session, me)


async def claim(uow: UnitOfWork, owner: str, deliveries: Sequence[str], limit: int, seconds: int) -> list[Lease]:
    """Lease chunks that are due."""
    return await repository.claim(uow.session, owner, deliveries, limit=limit, seconds=seconds)


async def load(
    uow: UnitOfWork, lease: Lease, job: Job, recipients: Sequence[Recipient], policy: Policy
) -> tuple[Chunk, Left]:
    """A leased chunk with everything to be sent, and what else has to be settled in it."""
    envelopes = await repository.due_envelopes(uow.session, lease, job.created_at)
    entries: Mapping[int, Any] = {}
    if lease.epoch > 1:
        ordinals = [envelope.ordinal for envelope in envelopes]
        entries = await repository.last_entries(uow.session, lease, job.created_at, ordinals)
    by_ordinal = {recipient.ordinal: recipient for recipient in recipients}
    chunk, left = Chunk(lease, job), Left()
    addresses = [envelope.address for envelope in envelopes]
    suppressed = await suppression.suppressed_among(uow, addresses, job.group_id)
    for envelope in envelopes:
        entry = entries.get(envelope.ordinal)
        if entry is not None and not _is_to_be_sent(envelope, entry, (lease, uow.now, policy), left):
            continue
        # What may have been sent already is not called suppressed: the gate will say so if it is not sent again.
        if envelope.address in suppressed and entry is None and envelope.state != EnvelopeState.IN_DOUBT:
            left.note(envelope, Outcome(EnvelopeState.SUPPRESSED, is_attempt=False))
        elif _has_expired(envelope, uow.now, job):
            left.note(envelope, _expired(envelope))
        else:
            chunk.waiting.append(Item(chunk, by_ordinal[envelope.ordinal], envelope.attempts, envelope.doubts))
    tokens = job.message.tokens([item.recipient.ordinal for item in chunk.waiting])
    for item, token in zip(chunk.waiting, tokens, strict=True):
        item.token = token
    return chunk, left


def _is_to_be_sent(
    envelope: EnvelopeRow, entry: Mapping[str, Any], context: tuple[Lease, datetime, Policy], left: Left
) -> bool:
    """Whether an envelope with something in the log is sent (again); otherwise what is to be settled is noted."""
    lease, now, policy = context
    state = rules.state_for(Entry(entry["kind"]))
    if state is not None:
        left.note(envelope, _outcome(state, entry))
        return False
    ambiguity = rules.Ambiguity(entry["at"], lease.was_abandoned)
    decided = rules.decide(ambiguity, now=now, quarantine=policy.quarantine, policy=policy.ambiguity)
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


def _has_expired(envelope: EnvelopeRow, now: datetime, job: Job) -> bool:
    return envelope.state == EnvelopeState.DEFERRED and now > job.expires_at


def _expired(envelope: EnvelopeRow) -> Outcome:
    said = {
        name: getattr(envelope, name) for name in ("reply_code", "enhanced_code", "bounce_class", "verb", "reply_text")
    }
    return _outcome(EnvelopeState.EXPIRED, said, is_attempt=False)
