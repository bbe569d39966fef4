"""What lui reads of mailer's look at a mailing."""

from pydantic import BaseModel, ConfigDict


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class BlockingProblem(_Reply):
    """A reason not to send."""

    code: str
    detail: str
    can_override: bool


class Remark(_Reply):
    """Worth knowing before sending."""

    code: str
    detail: str


class Preflight(_Reply):
    """What mailer and the domain name system say about a mailing."""

    problems: list[BlockingProblem]
    warnings: list[Remark]
