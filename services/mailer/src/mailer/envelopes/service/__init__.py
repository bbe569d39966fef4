"""Use cases on envelopes: `claim`, `attempt` and `settle` are the sending loop's, `ledger` everybody else's."""

from mailer.envelopes.rules import Bounce
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
    queue_again,
    start,
)

__all__ = [
    "PAGE_SIZE",
    "Bounce",
    "Ref",
    "address_of",
    "cancel_some",
    "counts",
    "fill_page",
    "is_idle",
    "listed",
    "mark_bounced",
    "queue_again",
    "start",
]
