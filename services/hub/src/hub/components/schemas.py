"""HTTP bodies about components."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from hub.components.record import ComponentRecord, State


class ComponentOut(BaseModel):
    """One run of one process of a service; `missing` when it was not heard of for 30 seconds."""

    instance_id: str
    component: str
    role: str
    version: str
    host: str
    state: State
    started_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime

    @classmethod
    def of(cls, component: ComponentRecord) -> Self:
        """The component as the outside sees it."""
        return cls.model_validate(component, from_attributes=True)
