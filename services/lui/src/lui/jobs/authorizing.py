"""HTTP bodies of authorizing: what is in the way, and what somebody takes on themselves."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]


class AuthorizeIn(BaseModel):
    """Who is told when the job was delivered or failed, and which problems of the preflight are overridden."""

    model_config = ConfigDict(extra="forbid")

    notify: list[Annotated[str, StringConstraints(max_length=320)]] = Field(default=[], max_length=20)
    override: list[_Code] = Field(default=[], max_length=20)


class BlockingOut(BaseModel):
    """A reason not to send; `can_override`: its code may stand in `override`."""

    code: str
    detail: str
    can_override: bool


class RemarkOut(BaseModel):
    """Worth knowing before sending."""

    code: str
    detail: str


class PreflightOut(BaseModel):
    """What mailer and the domain name system say about the job as it is now."""

    problems: list[BlockingOut]
    warnings: list[RemarkOut]


class OverriddenOut(BaseModel):
    """A problem that was there when the job was authorized, and taken on by who authorized it."""

    code: str
    detail: str
