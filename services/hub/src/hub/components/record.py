"""A component as edges see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["ready", "starting", "missing"]


@dataclass(frozen=True)
class ComponentRecord:
    """One run of one process, as its last heartbeat described it."""

    instance_id: str
    component: str
    role: str
    version: str
    host: str
    state: State
    started_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime
