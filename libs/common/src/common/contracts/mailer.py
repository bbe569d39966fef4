"""The facts mailer states, and the words for where an envelope and a delivery stand."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from common.contracts.base import Fact
from common.contracts.shared import ActionRecorded, ComponentSeen, action_examples, seen_examples


class DeliveryState(StrEnum):
    """Where one occurrence of sending a job stands."""

    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class EnvelopeState(StrEnum):
    """Where one message to one recipient stands; `envelopes/rules.py` of mailer has the permitted moves."""

    QUEUED = "queued"
    SENDING = "sending"
    DEFERRED = "deferred"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class BounceClass(StrEnum):
    """Why a message was not taken or came back."""

    UNKNOWN_MAILBOX = "unknown_mailbox"
    UNKNOWN_DOMAIN = "unknown_domain"
    MAILBOX_DISABLED = "mailbox_disabled"
    MAILBOX_FULL = "mailbox_full"
    MESSAGE_TOO_LARGE = "message_too_large"
    CONTENT_REFUSED = "content_refused"
    POLICY = "policy"
    GREYLISTED = "greylisted"
    RATE_LIMITED = "rate_limited"
    NETWORK = "network"
    PROTOCOL = "protocol"
    ADDRESS_SYNTAX = "address_syntax"
    UNCLASSIFIED = "unclassified"


class DeliveryProgressedV1(Fact, subject="mailer.delivery.progressed.v1"):
    """Counts of a delivery by envelope state; stated at most once a second, the newest one replaces."""

    delivery_id: str
    revision: PositiveInt
    state: DeliveryState
    total: NonNegativeInt
    counts: dict[EnvelopeState, NonNegativeInt]
    """Every state, zero included; they sum to `total`."""
    rate_per_second: NonNegativeFloat
    started_at: AwareDatetime | None
    expected_end: AwareDatetime | None
    waiting_for: str | None = None
    """In plain words why nothing moves, when nothing moves."""
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "revision": 3,
            "state": "running",
            "total": 7,
            "counts": {**dict.fromkeys(map(str, EnvelopeState), 0), "sent": 4, "queued": 3},
            "rate_per_second": 3.5,
            "started_at": "2026-11-22T09:00:01Z",
            "expected_end": "2026-11-22T09:00:09Z",
            "at": "2026-11-22T09:00:02Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "revision": 1,
            "state": "preparing",
            "total": 1,
            "counts": {"queued": 1},
            "rate_per_second": 0,
            "started_at": None,
            "expected_end": None,
            "waiting_for": "the tracker has not loaded the links yet",
            "at": "2026-11-22T09:00:02Z",
        },
    )


class DeliveryFinishedV1(Fact, subject="mailer.delivery.finished.v1"):
    """No envelope of the delivery is left to act on; `state` says how it ended."""

    delivery_id: str
    delivery_number: PositiveInt
    revision: PositiveInt
    """Counted together with `DeliveryProgressedV1.revision`; a retry may follow with a higher one."""
    state: DeliveryState
    total: NonNegativeInt
    counts: dict[EnvelopeState, NonNegativeInt]
    started_at: AwareDatetime | None
    finished_at: AwareDatetime
    reason: str | None = None
    """In plain words why it failed, when it failed."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "delivery_number": 1,
            "revision": 9,
            "state": "finished",
            "total": 7,
            "counts": {"sent": 7},
            "started_at": "2026-11-22T09:00:01Z",
            "finished_at": "2026-11-22T09:00:03Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "delivery_number": 2,
            "revision": 2,
            "state": "failed",
            "total": 1,
            "counts": {"cancelled": 1},
            "started_at": None,
            "finished_at": "2026-11-22T09:00:03Z",
            "reason": "the content lui served does not match what was authorized",
        },
    )


MOST_ACCEPTED = 5_000
"""Envelopes one fact tells of; a million octets would be too many for NATS."""


class EnvelopesAcceptedV1(Fact, subject="mailer.envelopes.accepted.v1"):
    """Messages of a delivery that tracks at personal were taken by the next server: machines react right after."""

    delivery_number: PositiveInt
    at: AwareDatetime
    """When the first of them was taken."""
    ordinals: Annotated[tuple[PositiveInt, ...], Field(max_length=MOST_ACCEPTED)]
    delays_ms: Annotated[tuple[NonNegativeInt, ...], Field(max_length=MOST_ACCEPTED)]
    """Milliseconds after `at`, one for each ordinal."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"delivery_number": 1, "at": "2026-11-22T09:00:01Z", "ordinals": [1, 2, 5], "delays_ms": [0, 3, 4]},
        {"delivery_number": 2, "at": "2026-11-22T09:00:02Z", "ordinals": [1], "delays_ms": [0]},
    )


class EnvelopeBouncedV1(Fact, subject="mailer.envelope.bounced.v1"):
    """A message that was sent came back."""

    delivery_id: str
    ordinal: PositiveInt
    bounce_class: BounceClass
    permanent: bool
    enhanced_code: str | None
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "ordinal": 4,
            "bounce_class": "unknown_mailbox",
            "permanent": True,
            "enhanced_code": "5.1.1",
            "at": "2026-11-22T09:10:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "ordinal": 5,
            "bounce_class": "mailbox_full",
            "permanent": False,
            "enhanced_code": None,
            "at": "2026-11-22T09:11:00Z",
        },
    )


class EnvelopeComplainedV1(Fact, subject="mailer.envelope.complained.v1"):
    """A recipient called a message spam; mailer suppressed the address already."""

    delivery_id: str
    ordinal: PositiveInt
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "ordinal": 6,
            "at": "2026-11-22T09:20:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "ordinal": 1,
            "at": "2026-11-22T09:21:00Z",
        },
    )


class UnsubscribeReceivedV1(Fact, subject="mailer.unsubscribe.received.v1"):
    """A recipient unsubscribed by mail to the List-Unsubscribe address; mailer suppressed the address already."""

    delivery_id: str
    delivery_number: PositiveInt
    ordinal: PositiveInt
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "delivery_number": 1,
            "ordinal": 4,
            "at": "2026-11-22T09:12:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "delivery_number": 2,
            "ordinal": 1,
            "at": "2026-11-22T09:13:00Z",
        },
    )


class MailerActionRecordedV1(ActionRecorded, subject="mailer.action.recorded.v1"):
    """Something was done in mailer."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = action_examples("suppression.add", "suppression")


class MailerSeenV1(ComponentSeen, subject="mailer.component.seen.v1"):
    """A mailer process is alive."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = seen_examples("mailer")
