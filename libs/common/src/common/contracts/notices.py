"""Short mails to people who work with the installation: how they are asked for, and how they went."""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import AwareDatetime, Field, NonNegativeInt, PositiveInt

from common.contracts.base import Fact


class NoticeRequested(Fact):
    """A short mail to people who work with the installation is to be sent.

    Its words, files and addresses are pulled from the owner; they must have the digest that is stated here.
    """

    notice_id: str
    reason: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=64)
    """What kind of notice it is, for example `report_mail`."""
    address_count: PositiveInt
    content_digest: str
    not_after: AwareDatetime
    """When it is no use any more; whoever did not get it by then does not get it."""


def notice_examples(reason: str) -> tuple[dict[str, Any], ...]:
    """Two example bodies for an owner's `NoticeRequested` subclass."""
    base = {"reason": reason, "not_after": "2026-11-24T09:00:00Z"}
    return (
        {
            **base,
            "notice_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2f01",
            "address_count": 1,
            "content_digest": "a" * 64,
        },
        {
            **base,
            "notice_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2f02",
            "address_count": 20,
            "content_digest": "b" * 64,
        },
    )


class NoticeState(StrEnum):
    """Where a notice to one address stands; `notices/rules.py` of mailer has the permitted moves."""

    QUEUED = "queued"
    SENDING = "sending"
    DEFERRED = "deferred"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    REFUSED = "refused"
    EXPIRED = "expired"


class NoticeSettledV1(Fact, subject="mailer.notice.settled.v1"):
    """Something became known of a notice (coalesced); whoever asked for it can show how it went."""

    notice_id: str
    requested_by: Literal["hub", "lui"]
    """Whose notice it is."""
    revision: PositiveInt
    """Grows with everything that becomes known; the highest one holds."""
    counts: dict[NoticeState, NonNegativeInt]
    """Addresses by state; empty while the content is not here."""
    problem: str | None
    """In plain words what went wrong last; it names no address."""
    is_final: bool
    """Whether nothing more will be tried."""
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "notice_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2f01",
            "requested_by": "lui",
            "revision": 2,
            "counts": {"sent": 2},
            "problem": None,
            "is_final": True,
            "at": "2026-11-22T09:11:00Z",
        },
        {
            "notice_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2f02",
            "requested_by": "lui",
            "revision": 5,
            "counts": {"sent": 1, "deferred": 1},
            "problem": "450 4.2.0 come back later",
            "is_final": False,
            "at": "2026-11-22T09:12:00Z",
        },
    )
