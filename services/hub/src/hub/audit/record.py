"""A recorded action as edges see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AuditRecord:
    """One recorded action, with the name its actor goes by today."""

    id: str
    at: datetime
    service: str
    actor_id: str | None
    actor_name: str | None
    action: str
    target_type: str
    target_id: str
    group_id: str | None
    detail: dict[str, Any]
    correlation_id: str | None
