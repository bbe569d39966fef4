"""Who a message is from, as asked for and as handed to mailer."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class AutomaticBounces(BaseModel):
    """mailer receives and classifies what comes back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["automatic"]


class BouncesTo(BaseModel):
    """What comes back goes to a mailbox of the author's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["address"]
    address: str = Field(max_length=320)


Bounces = Annotated[AutomaticBounces | BouncesTo, Field(discriminator="mode")]


class SenderIn(BaseModel):
    """Who the message is from; name and reply-to may hold merge fields, the address may not: its domain signs."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(max_length=320)
    name: str | None = Field(default=None, max_length=200)
    reply_to: str | None = Field(default=None, max_length=320)
    bounces: Bounces = AutomaticBounces(mode="automatic")


class Sender(BaseModel):
    """A sender that was found right when it was saved; `model_dump` is the content document's `sender`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    address: str
    name: str | None
    reply_to: str | None
    bounces: Bounces
