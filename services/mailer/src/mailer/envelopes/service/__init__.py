"""Use cases on envelopes: `claim`, `attempt` and `settle` are the sending loop's, `ledger` everybody else's."""

from mailer.envelopes.evidence import Seen
from mailer.envelopes.rules import Bounce
from mailer.envelopes.service.evidence import delivered_to, look_at, mark_complained
from mailer.envelopes.service.ledger import (
    PAGE_SIZE,
    Ref,
    address_of,
    cancel_some,
    counts,
    fill_page,
    is_idle,
    listed,
    mark_bounced,
    put_aside_by_lane,
    queue_again,
    send_doubtful_again,
    start,
    take_doubtful_as_sent,
)

__all__ = [
    "PAGE_SIZE",
    "Bounce",
    "Ref",
    "Seen",
    "address_of",
    "cancel_some",
    "counts",
    "delivered_to",
    "fill_page",
    "is_idle",
    "listed",
    "look_at",
    "mark_bounced",
    "mark_complained",
    "put_aside_by_lane",
    "queue_again",
    "send_doubtful_again",
    "start",
    "take_doubtful_as_sent",
]
