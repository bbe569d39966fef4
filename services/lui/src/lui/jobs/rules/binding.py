"""What a verdict on a test, and an authorization, hold for: digests over everything that would be sent."""

from typing import Any

from common.contracts.digest import document_digest
from common.contracts.lui import TrackingPlanV1


def fingerprint(
    document: dict[str, Any], *, recipients_digest: str, plan: TrackingPlanV1, identify_by: str | None
) -> str:
    """SHA-256 (hex) over content document, audience, tracking: what a test shows and a verdict holds for."""
    return document_digest(
        {
            "document": document,
            "recipients": recipients_digest,
            "tracking": _said(plan),
            "identify_by": identify_by,
        }
    )


def _said(plan: TrackingPlanV1) -> dict[str, Any]:
    """The plan without what was not chosen: verdicts given before there was more to choose still hold."""
    newer = plan.model_dump(mode="json", exclude={"level", "opens", "links", "identify_by"}, exclude_defaults=True)
    return {**plan.model_dump(mode="json", include={"level", "opens", "links"}), **newer}


def binding_digest(fingerprint: str, *, schedule: dict[str, Any]) -> str:
    """SHA-256 (hex) over what is sent and when: what an authorization holds for."""
    return document_digest({"fingerprint": fingerprint, "schedule": schedule})
