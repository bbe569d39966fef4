"""What a deployment says about notices (`MAILER_NOTICES__…`)."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

_A_MAILBOX = re.compile(r"[!-~]+@[A-Za-z0-9.-]+")


class NoticeSettings(BaseModel):
    """Short mails to the people who work with the installation: who they are from, and how patiently they are sent."""

    model_config = ConfigDict(frozen=True)

    address: str = ""
    """An address that the gateway may send from, best one that somebody reads; `notices@` and the bounce domain when
    there is none."""
    name: str = "Tutti"
    retry_minutes: tuple[Annotated[float, Field(gt=0)], ...] = (1, 5, 15, 60, 240)
    keep_days: Annotated[float, Field(gt=0)] = 30.0
    """How long it is kept who was written to, and what came of it."""

    @field_validator("address")
    @classmethod
    def _be_an_address(cls, value: str) -> str:
        if value and not _A_MAILBOX.fullmatch(value):
            raise ValueError("this is no mail address")
        return value

    @field_validator("name")
    @classmethod
    def _be_one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("a name has no line breaks or other control characters")
        return value

    @field_validator("retry_minutes")
    @classmethod
    def _be_some(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if not value:
            raise ValueError("at least one wait is needed")
        return value
