"""Use cases on suppressions."""

from mailer.suppression.repository import Candidate
from mailer.suppression.rules import address_hash
from mailer.suppression.schemas import Reason
from mailer.suppression.service.look import add, export, lift, page
from mailer.suppression.service.suppress import (
    Failing,
    Failure,
    Request,
    forget_strikes,
    has_streak,
    horizon,
    judge_some,
    note_refusals,
    suppress,
    suppressed_among,
    suppressed_hashes,
)

__all__ = [
    "Candidate",
    "Failing",
    "Failure",
    "Reason",
    "Request",
    "add",
    "address_hash",
    "export",
    "forget_strikes",
    "has_streak",
    "horizon",
    "judge_some",
    "lift",
    "note_refusals",
    "page",
    "suppress",
    "suppressed_among",
    "suppressed_hashes",
]
