"""The normal form of what comes back."""

from dataclasses import dataclass, field
from typing import Literal

from common.contracts.mailer import BounceClass

Kind = Literal["bounce", "complaint", "delay", "auto_reply", "other"]


@dataclass(frozen=True, slots=True)
class ReportedRecipient:
    """One recipient in a report."""

    address: str | None
    """The one we wrote to, if the report knows it."""
    status: str | None
    """Enhanced status code (RFC 3463)."""
    reply_code: int | None
    bounce_class: BounceClass
    permanent: bool
    """Nobody will ever take mail at this address."""
    diagnostic: str
    rule: str = ""
    """What decided about class and permanence."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a message from outside is, and about whom."""

    kind: Kind
    recipients: tuple[ReportedRecipient, ...] = field(default=())
    rule: str = ""
    """What decided about the kind."""
    message_id: str | None = None
    """Of the returned message, with its angle brackets."""
    feedback_type: str | None = None
    """Of a complaint (RFC 5965), unverified."""
