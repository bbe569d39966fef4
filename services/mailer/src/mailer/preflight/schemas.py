"""HTTP bodies."""

from pydantic import BaseModel


class BlockingOut(BaseModel):
    """A reason not to send."""

    code: str
    detail: str
    can_override: bool


class RemarkOut(BaseModel):
    """Worth knowing before sending."""

    code: str
    detail: str


class PreflightOut(BaseModel):
    """What was found; a mailing can go when there is no problem, or all there are may be and were overridden."""

    problems: list[BlockingOut]
    warnings: list[RemarkOut]
