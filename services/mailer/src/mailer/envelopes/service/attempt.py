"""What an attempt's end means for its envelope."""

from common.contracts.mailer import BounceClass, EnvelopeState
from mailer.composing.errors import MergeFailed
from mailer.envelopes.rules import Outcome
from mailer.envelopes.work import Item
from mailer.gateways.service import ACCEPTED, Result
from mailer.replies.service import accepted_code_of, classify, shown
from mailer.transport.service import Answer

_MOST_BROKEN = 3
"""Connections that may break under an envelope before it is deferred: perhaps it is what breaks them."""


def outcome_of(answer: Answer) -> Outcome:
    """What a server's answer means for the envelope."""
    reply = answer.reply
    if answer.is_accepted:
        return Outcome(
            EnvelopeState.SENT,
            reply_code=reply.code,
            enhanced_code=accepted_code_of(reply.text),
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


def result_of(outcome: Outcome, answer: Answer) -> Result:
    """The same for the pacer."""
    if outcome.state is EnvelopeState.SENT:
        return ACCEPTED
    return Result.refused(answer.reply) if outcome.state is EnvelopeState.REFUSED else Result.deferred(answer.reply)


def broken_under(item: Item, reason: str, *, in_doubt: bool) -> Outcome | None:
    """What a lost connection means for the envelope; None when it may be tried again at once."""
    if in_doubt:
        return Outcome(EnvelopeState.IN_DOUBT, bounce_class=BounceClass.NETWORK, verb=".", reply_text=shown(reason))
    item.broken_count += 1
    if item.broken_count < _MOST_BROKEN:
        return None
    return Outcome(EnvelopeState.DEFERRED, bounce_class=BounceClass.NETWORK, reply_text=shown(reason))


def refusal_of(failed: MergeFailed) -> Outcome:
    """A message that cannot be composed for this recipient alone."""
    return Outcome(EnvelopeState.REFUSED, bounce_class=failed.bounce_class, reply_text=failed.detail, is_attempt=False)
