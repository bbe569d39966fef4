"""What a report says about an address, and whether it says so for good."""

from dataclasses import dataclass, field
from typing import Literal

from common.contracts.mailer import BounceClass

Kind = Literal["bounce", "complaint", "delay", "auto_reply", "other"]

_ABOUT_THE_ADDRESS = frozenset(
    {
        BounceClass.UNKNOWN_MAILBOX,
        BounceClass.UNKNOWN_DOMAIN,
        BounceClass.MAILBOX_DISABLED,
        BounceClass.ADDRESS_SYNTAX,
    }
)


@dataclass(frozen=True, slots=True)
class ReportedRecipient:
    """One recipient in a report."""

    address: str | None
    status: str | None
    """Enhanced status code (RFC 3463)."""
    reply_code: int | None
    bounce_class: BounceClass
    permanent: bool
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a message from outside is, and about whom."""

    kind: Kind
    recipients: tuple[ReportedRecipient, ...] = field(default=())


def is_permanent(bounce_class: BounceClass, status: str | None, reply_code: int | None) -> bool:
    """Whether writing to the address again is pointless.

    A full mailbox, a policy or a refused content say nothing lasting about the address, whatever their code is.
    """
    is_final = status.startswith("5") if status else bool(reply_code and reply_code >= 500)
    return is_final and bounce_class in _ABOUT_THE_ADDRESS
