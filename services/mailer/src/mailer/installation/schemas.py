"""HTTP bodies about arming."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel


class MachineOut(BaseModel):
    """A machine that sends, or waits to."""

    host: str
    is_armed: bool
    last_seen: AwareDatetime


class ArmingOut(BaseModel):
    """Whether this installation sends; `reason` says in plain words why it does not."""

    state: Literal["armed", "held"]
    reason: str | None
    armed_at: AwareDatetime | None
    armed_by: str | None
    machines: list[MachineOut]
