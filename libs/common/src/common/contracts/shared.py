"""Facts that every service states about itself; each owner subclasses them under its own subject."""

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field, PositiveInt

from common.contracts.base import Fact

Role = Literal["all", "api", "public", "worker"]


class ActionRecorded(Fact):
    """Someone did something worth auditing. Carries ids, never addresses or message text."""

    at: AwareDatetime
    actor_id: str | None
    """Account id of hub, `service:<name>` for a service acting by itself, None for a recipient."""
    action: str
    """`<noun>.<verb>`, for example `job.authorize`."""
    target_type: str
    target_id: str
    group_id: str | None = None
    detail: dict[str, str | int | bool | None] = Field(default_factory=dict)
    correlation_id: str | None = None


class ComponentSeen(Fact):
    """A process is alive: stated at start and every ten seconds."""

    instance_id: str
    """Unique to one run of one process."""
    component: str
    role: Role
    version: str
    host: str
    started_at: AwareDatetime
    at: AwareDatetime
    ready: bool


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


def action_examples(action: str, target_type: str) -> tuple[dict[str, Any], ...]:
    """Two example bodies for an owner's `ActionRecorded` subclass."""
    at = datetime.fromisoformat("2026-11-22T09:00:00+00:00").isoformat()
    common = {"at": at, "action": action, "target_type": target_type}
    return (
        {**common, "actor_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2b11", "target_id": "17", "detail": {"n": 1}},
        {
            **common,
            "actor_id": "service:lui",
            "target_id": "18",
            "group_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01",
            "correlation_id": "c-1",
        },
    )


def seen_examples(component: str) -> tuple[dict[str, Any], ...]:
    """Two example bodies for an owner's `ComponentSeen` subclass."""
    base = {"component": component, "version": "0.1.0", "host": "pod-1", "started_at": "2026-11-22T09:00:00Z"}
    return (
        {**base, "instance_id": "a1", "role": "all", "at": "2026-11-22T09:00:10Z", "ready": True},
        {**base, "instance_id": "b2", "role": "worker", "at": "2026-11-22T09:00:20Z", "ready": False},
    )


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
