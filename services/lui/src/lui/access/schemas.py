"""Sessions over HTTP."""

from pydantic import BaseModel, ConfigDict, Field


class SessionIn(BaseModel):
    """Who signs in; accounts of a group name it."""

    model_config = ConfigDict(extra="forbid")

    account: str = Field(min_length=1, max_length=200)
    group: str | None = Field(default=None, max_length=200)
    password: str = Field(min_length=1, max_length=1_000)


class AccountOut(BaseModel):
    """Who is signed in."""

    id: str
    name: str


class GroupOut(BaseModel):
    """The group the account works in."""

    id: str
    name: str | None


class SessionOut(BaseModel):
    """Who is signed in and what they may do."""

    account: AccountOut
    group: GroupOut | None
    rights: list[str]
