"""One envelope: composed, handed over with permission, and what came of it."""

from dataclasses import dataclass

from common.contracts.mailer import BounceClass, EnvelopeState
from mailer.composing.errors import MergeFailed
from mailer.composing.service import Composed
from mailer.envelopes.gate import Gate
from mailer.envelopes.rules import Outcome
from mailer.envelopes.work import Item
from mailer.suppression.service import address_hash
from mailer.transport.service import Answer, ConnectionBroken, NotPermitted, Session, classify, enhanced_code_of, shown

_MOST_BROKEN = 3
"""Connections that may break under an envelope before it is deferred: perhaps it is what breaks them."""


@dataclass(frozen=True, slots=True)
class Again:
    """Certainly not sent, and nothing learned about the recipient: to be tried on another connection."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The gate did not grant it."""


Ended = Outcome | Again | Denied


def compose(item: Item) -> Composed | Outcome:
    """The message, or a refusal that concerns this envelope alone."""
    try:
        return item.chunk.job.message.compose(item.recipient, item.token)
    except MergeFailed as failed:
        return Outcome(
            EnvelopeState.REFUSED, bounce_class=failed.bounce_class, reply_text=failed.detail, is_attempt=False
        )


async def attempt(item: Item, composed: Composed, session: Session, gate: Gate) -> Ended:
    """Hand a message over. Permission is asked first, so that it travels while the body does."""
    lease, recipient = item.chunk.lease, item.recipient
    permission = gate.ask(lease, recipient.ordinal, address_hash(recipient.address))
    try:
        answer = await session.send(composed.mail_from, composed.rcpt_to, composed.data, permission)
    except NotPermitted:
        return Denied()
    except ConnectionBroken as broken:
        return _broken(item, broken)
    finally:
        # A question that nobody needs answered any more is not put to the ledger.
        permission.cancel()
    return outcome_of(answer)


def _broken(item: Item, broken: ConnectionBroken) -> Ended:
    if broken.is_in_doubt:
        return Outcome(EnvelopeState.IN_DOUBT, bounce_class=BounceClass.NETWORK, verb=".", reply_text=str(broken))
    item.broken_count += 1
    if item.broken_count < _MOST_BROKEN:
        return Again()
    return Outcome(EnvelopeState.DEFERRED, bounce_class=BounceClass.NETWORK, reply_text=str(broken))


def outcome_of(answer: Answer) -> Outcome:
    """What a server's answer means for the envelope."""
    reply = answer.reply
    if answer.is_accepted:
        return Outcome(
            EnvelopeState.SENT,
            reply_code=reply.code,
            enhanced_code=enhanced_code_of(reply.text),
            verb=".",
            reply_text=shown(reply.text),
        )
    meaning = classify(reply.code, reply.text)
    return Outcome(
        EnvelopeState.REFUSED if meaning.is_permanent else EnvelopeState.DEFERRED,
        reply_code=reply.code,
        enhanced_code=meaning.enhanced_code,
        bounce_class=meaning.bounce_class,
        verb=answer.verb,
        reply_text=meaning.text,
    )
