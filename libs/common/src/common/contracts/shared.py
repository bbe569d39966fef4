"""Facts that every service states about itself; each owner subclasses them under its own subject."""

from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

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
