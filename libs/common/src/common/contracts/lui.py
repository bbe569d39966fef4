"""The facts lui states, and the words a delivery shares with mailer and tracker."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from common.contracts.base import Fact
from common.contracts.notices import NoticeRequested, notice_examples
from common.contracts.shared import ActionRecorded, ComponentSeen, action_examples, seen_examples

MAX_LINKS = 300
"""Tracked links of one delivery; with MAX_LINK_LENGTH it keeps a request below NATS' 1 MB."""
MAX_LINK_LENGTH = 2_000


class DeliveryKind(StrEnum):
    """Why a delivery is sent; only live ones count in reports."""

    LIVE = "live"
    TEST = "test"
    REHEARSAL = "rehearsal"


class TrackingLevel(StrEnum):
    """How much a delivery may learn about a recipient, least first."""

    OFF = "off"
    BLIND = "blind"
    UNIQUE = "unique"
    ANONYMOUS = "anonymous"
    PERSONAL = "personal"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TrackedLinkV1(_Frozen):
    """One link that is rewritten to the tracker; its number stands in the path after the token."""

    number: PositiveInt
    part: Literal["html", "text"]
    url: str
    """The target, or its template when `personal`."""
    alias: str | None = None
    personal: bool = False
    """The target holds merge fields: it travels sealed inside the link, not in this plan."""


class TrackedActionsV1(_Frozen):
    """Visits of other people's pages are tied to the recipient by a signed cookie."""

    cookie_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)] = 0
    """How long the cookie lives; 0: until the browser is closed."""


class TrackingPlanV1(_Frozen):
    """What a delivery wants tracked, at which level.

    Whoever did not consent has the subject 0 in every token, at whatever level: nobody (`reliability` D5).
    At anonymous a subject is `profile << 32 | pseudonym`, where profile 0 stands for all those merged.
    """

    level: TrackingLevel
    opens: bool
    links: tuple[TrackedLinkV1, ...]
    consent_column: str | None = None
    """The column that says who may be known; None: everybody. What counts as consent: `common.contracts.consent`."""
    identify_by: str | None = None
    """At personal: the column recipients are named by in reports."""
    profile_columns: tuple[str, ...] = ()
    """At anonymous: the columns a profile is made of."""
    profiles: Annotated[tuple[tuple[str, ...], ...], Field(max_length=1_000)] = ()
    """The values of each profile, in the order of `profile_columns`; the first is number 1."""
    campaign: Annotated[tuple[tuple[str, str], ...], Field(max_length=10)] = ()
    """`utm_*` parameters that every link to the web gets unless it has them; `links` have them already."""
    actions: TrackedActionsV1 | None = None
    """None: no cookie is ever set."""


InDoubt = Literal["resend", "skip", "ask"]
"""Send again (perhaps twice), take as sent (perhaps never), or leave it until somebody decides."""


class RehearsalV1(_Frozen):
    """What the built-in receiver of a rehearsal answers: shares of the envelopes, the rest is accepted."""

    greylist: Annotated[float, Field(ge=0, le=1)] = 0.0
    refuse: Annotated[float, Field(ge=0, le=1)] = 0.0
    drop_after_dot: Annotated[float, Field(ge=0, le=1)] = 0.0
    slow: Annotated[float, Field(ge=0, le=1)] = 0.0
    slow_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    seed: NonNegativeInt = 0
    """The same seed gives the same envelope the same answer."""


class DeliveryRequestedV1(Fact, subject="lui.delivery.requested.v1"):
    """lui has frozen an audience and asks for it to be sent; the recipients are pulled from lui in pages."""

    delivery_id: str
    delivery_number: PositiveInt
    """32-bit number that stands for the delivery in tokens."""
    job_id: str
    owner_id: str
    group_id: str | None
    kind: DeliveryKind
    recipient_count: NonNegativeInt
    not_before: AwareDatetime
    tracking: TrackingPlanV1
    content_digest: str
    """SHA-256 (hex) of the content document as lui serves it; what mailer fetches must match."""
    recipients_digest: str
    """`common.contracts.digest.RecipientsDigest` over the snapshot, in ordinal order."""
    in_doubt: InDoubt = "resend"
    """What becomes of a message whose outcome nobody knows."""
    rehearsal: RehearsalV1 | None = None
    """With kind `rehearsal`: what its receiver answers."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "delivery_number": 1,
            "job_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2e01",
            "owner_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b11",
            "group_id": None,
            "kind": "live",
            "recipient_count": 7,
            "not_before": "2026-11-22T09:00:00Z",
            "tracking": {
                "level": "personal",
                "opens": True,
                "links": [{"number": 1, "part": "html", "url": "https://example.org/", "alias": "home"}],
            },
            "content_digest": "a" * 64,
            "recipients_digest": "b" * 64,
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "delivery_number": 2,
            "job_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2e01",
            "owner_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b11",
            "group_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01",
            "kind": "test",
            "recipient_count": 1,
            "not_before": "2026-11-22T09:00:00Z",
            "tracking": {"level": "off", "opens": False, "links": []},
            "in_doubt": "ask",
            "content_digest": "c" * 64,
            "recipients_digest": "d" * 64,
        },
    )


class DeliveryControlRequestedV1(Fact, subject="lui.delivery.control_requested.v1"):
    """Someone wants a delivery paused, resumed, cancelled, or what failed in it tried again."""

    delivery_id: str
    revision: PositiveInt
    """Grows with every request for this delivery; the highest one holds."""
    action: Literal["pause", "resume", "cancel", "retry"]
    requested_by: str | None
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "revision": 1,
            "action": "pause",
            "requested_by": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b11",
            "at": "2026-11-22T09:05:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "revision": 2,
            "action": "retry",
            "requested_by": None,
            "at": "2026-11-22T09:06:00Z",
        },
    )


class SubscriptionEndedV1(Fact, subject="lui.subscription.ended.v1"):
    """A recipient unsubscribed on a page or by one click; mailer must not write to the address again."""

    delivery_id: str
    delivery_number: PositiveInt
    ordinal: PositiveInt
    group_id: str | None
    reason: Literal["one_click", "page", "mail", "staff"]
    at: AwareDatetime

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
            "delivery_number": 1,
            "ordinal": 3,
            "group_id": None,
            "reason": "one_click",
            "at": "2026-11-22T09:07:00Z",
        },
        {
            "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d02",
            "delivery_number": 2,
            "ordinal": 1,
            "group_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01",
            "reason": "page",
            "at": "2026-11-22T09:08:00Z",
        },
    )


class NoticeRequestedV1(NoticeRequested, subject="lui.notice.requested.v1"):
    """lui has something to tell people who work with it by mail."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = notice_examples("report_mail")


class LuiActionRecordedV1(ActionRecorded, subject="lui.action.recorded.v1"):
    """Something was done in lui."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = action_examples("job.authorize", "job")


class LuiSeenV1(ComponentSeen, subject="lui.component.seen.v1"):
    """A lui process is alive."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = seen_examples("lui")
