"""Acting on a message from outside, wherever it came from. Taking the same one in again changes nothing."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from common.contracts.mailer import BounceClass, EnvelopeState
from common.contracts.signed_token import ActionToken, Purpose
from common.messaging.unit_of_work import UnitOfWork
from mailer.bounces import repository
from mailer.bounces.models import BounceRow
from mailer.bounces.rules import Report, ReportedRecipient
from mailer.bounces.service.watch import Watch
from mailer.config import MailerSettings, SuppressionSettings
from mailer.deliveries import service as deliveries
from mailer.deliveries.service import Subject
from mailer.envelopes.service import Bounce
from mailer.gateways import service as gateways
from mailer.sealing import Sealer, SealingNotConfigured
from mailer.suppression import service as suppression

KEPT_OCTETS = 64 * 1024
MAX_TEXT = 500
MAX_AUTO_REPLIES = 1_000
_NOT_SENT_YET = frozenset({EnvelopeState.QUEUED, EnvelopeState.SENDING, EnvelopeState.DEFERRED})
_CAME_BACK = frozenset({EnvelopeState.BOUNCED, EnvelopeState.COMPLAINED})


class Effect(StrEnum):
    """What became of a message."""

    CHANGED = "changed"
    REPEATED = "repeated"
    """It was said before, or says nothing."""
    UNMATCHED = "unmatched"
    """It is about no envelope of ours, or about one that nothing is heard of any more."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message from outside, read."""

    source: str
    """Kind and name of where it came from."""
    report: Report
    raw: bytes
    token: ActionToken | None
    is_addressed: bool
    """The token is the address it was sent to; otherwise it stands in what is sent back."""
    has_sender: bool = False
    """Not from the empty return path of mail systems."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long reports count, what they lead to, and what is kept of them."""

    policy: SuppressionSettings
    count_for: timedelta
    sealer: Sealer
    keeps: bool
    unmatched_kept: int
    watch: Watch

    @classmethod
    def of(cls, settings: MailerSettings) -> "Terms":
        """As a deployment wants them."""
        bounces = settings.bounces
        return cls(
            policy=settings.suppression,
            count_for=timedelta(days=bounces.count_for_days),
            sealer=Sealer.of(settings),
            keeps=bounces.keep_days > 0,
            unmatched_kept=bounces.unmatched_kept,
            watch=Watch(settings.suppression),
        )


async def take_in(uow: UnitOfWork, arrival: Arrival, terms: Terms) -> Effect:
    """Act on a message."""
    if arrival.token is None:
        return await _park(uow, arrival, terms)
    if arrival.is_addressed and arrival.token.purpose is Purpose.UNSUBSCRIBE:
        return await _unsubscribe(uow, arrival)
    subject = await deliveries.subject_of(uow, arrival.token, within=terms.count_for)
    if subject is None:
        return await _park(uow, arrival, terms)
    key = _key(arrival.report)
    if key is None:
        return Effect.REPEATED
    row = await repository.lock_bounce(uow.session, subject.delivery_id, subject.ordinal, subject.address)
    if arrival.report.kind == "auto_reply":
        row.auto_replies = min(row.auto_replies + (key not in row.seen), MAX_AUTO_REPLIES)
    if key in row.seen:
        return Effect.REPEATED
    row.seen = [*row.seen, key]
    await _note(uow, (subject, row), arrival.report, terms)
    await _keep(uow, arrival, subject, terms)
    return Effect.CHANGED


async def _unsubscribe(uow: UnitOfWork, arrival: Arrival) -> Effect:
    # A mail system's own report is nobody's wish to leave.
    if arrival.token is None or not arrival.has_sender or arrival.report.kind != "other":
        return Effect.REPEATED
    subject = await deliveries.subject_of(uow, arrival.token)
    if subject is None:
        return Effect.UNMATCHED
    return Effect.CHANGED if await deliveries.unsubscribe_by_mail(uow, subject) else Effect.REPEATED


def _key(report: Report) -> str | None:
    """What makes two reports about an envelope the same; None when it reports nothing."""
    if report.kind == "other" or (report.kind == "bounce" and not report.recipients):
        return None
    if report.kind == "bounce":
        said = report.recipients[0]
        return f"bounce {said.bounce_class.value} {'permanent' if said.permanent else 'temporary'}"
    return str(report.kind)


async def _note(uow: UnitOfWork, about: tuple[Subject, BounceRow], report: Report, terms: Terms) -> None:
    subject, row = about
    if report.kind == "bounce":
        said = _about(report, subject.address)
        if row.permanent and not said.permanent:
            return
        _write(row, said)
        await settle_bounce(uow, subject, row, terms)
    elif report.kind == "complaint":
        await settle_complaint(uow, subject, row, terms)
    elif report.kind == "delay":
        row.delayed_at = uow.now


def _about(report: Report, address: str) -> ReportedRecipient:
    """The recipient of the report who is ours; with one envelope a recipient it is nearly always the only one."""
    wanted = address.lower()
    return next((each for each in report.recipients if (each.address or "").lower() == wanted), report.recipients[0])


def _write(row: BounceRow, said: ReportedRecipient) -> None:
    row.bounce_class = said.bounce_class.value
    row.permanent = said.permanent
    row.enhanced_code = said.status
    row.reply_code = said.reply_code
    row.reply_text = clean(said.diagnostic)


def clean(text: str) -> str:
    """One line of what a stranger wrote: no control characters, no half characters, not too long."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 4 * MAX_TEXT])
    return " ".join(printable.split())[:MAX_TEXT]


async def settle_bounce(uow: UnitOfWork, subject: Subject, row: BounceRow, terms: Terms) -> None:
    """Let a bounce count when its message was sent; otherwise it waits for that, or is void."""
    text = row.reply_text or ""
    said = Bounce(
        BounceClass(row.bounce_class or BounceClass.UNCLASSIFIED),
        row.permanent,
        row.enhanced_code,
        row.reply_code,
        text,
    )
    if not await deliveries.note_bounce(uow, subject, said):
        await _not_sent(uow, subject, row, "bounce", terms)
        return
    row.bounced_at, row.waiting = uow.now, None
    if not subject.is_live or await terms.watch.is_stopped(uow, subject, row):
        return
    failure = suppression.Failure(
        subject.ordinal, subject.address, row.bounce_class, row.enhanced_code, row.reply_code, text, row.permanent
    )
    await suppression.note_refusals(uow, deliveries.failing(subject), [failure], terms.policy)


async def settle_complaint(uow: UnitOfWork, subject: Subject, row: BounceRow, terms: Terms) -> None:
    """Let a complaint count when its message was sent; otherwise it waits for that, or is void."""
    if not await deliveries.note_complaint(uow, subject):
        await _not_sent(uow, subject, row, "complaint", terms)
        return
    row.complained_at, row.waiting = uow.now, None
    if subject.is_live:
        # Too many of them stop the gateway towards whoever complains, before it costs the sender's name.
        await gateways.note_complaints(uow, [subject.address])


async def _not_sent(uow: UnitOfWork, subject: Subject, row: BounceRow, what: str, terms: Terms) -> None:
    # A message is known to be sent when its group is settled, a moment after the server took it and, if it is quick,
    # sent its report.
    if subject.state in _NOT_SENT_YET:
        row.waiting, row.waiting_since = what, uow.now
        row.first_waited_at = row.first_waited_at or uow.now
    elif subject.state not in _CAME_BACK:
        row.waiting = None
        await terms.watch.note_unsent(uow, subject)


async def _keep(uow: UnitOfWork, arrival: Arrival, subject: Subject, terms: Terms) -> None:
    data = _sealed(arrival, terms)
    if data is None:
        return
    values = _stored(uow, arrival, data) | {"delivery_id": subject.delivery_id, "ordinal": subject.ordinal}
    await repository.keep_report(uow.session, values)


async def _park(uow: UnitOfWork, arrival: Arrival, terms: Terms) -> Effect:
    """Nothing is done on the word of a report that names no envelope of ours; it may be looked at."""
    await repository.park(uow.session, _stored(uow, arrival, _sealed(arrival, terms)), terms.unmatched_kept)
    return Effect.UNMATCHED


def _stored(uow: UnitOfWork, arrival: Arrival, data: bytes | None) -> dict[str, object]:
    return {
        "received_at": uow.now,
        "source": arrival.source,
        "kind": arrival.report.kind,
        "octets": len(arrival.raw),
        "data": data,
    }


def _sealed(arrival: Arrival, terms: Terms) -> bytes | None:
    if not terms.keeps:
        return None
    try:
        return terms.sealer.seal(arrival.raw[:KEPT_OCTETS], purpose="bounce report")
    except SealingNotConfigured:
        return None
