"""HTTP bodies about accounts."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from hub.accounts.record import AccountRecord
from hub.accounts.rights import EXPLANATIONS, Right

# PostgreSQL's text holds every character but this one.
Line = Annotated[str, Field(max_length=1_000, pattern=r"^[^\x00]*$")]
Secret = Annotated[str, Field(max_length=1_000, pattern=r"^[^\x00]*$", json_schema_extra={"format": "password"})]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountIn(_Body):
    """A new account."""

    name: Line
    password: Secret
    group: Line | None = None
    """Made when no account named it before; accounts without one work alone."""
    contact_address: Line | None = None
    rights: list[str] = []


class AccountCopyIn(_Body):
    """A new account with the rights of another, and its group unless one is named."""

    name: Line
    password: Secret
    group: Line | None = None
    contact_address: Line | None = None


class AccountChangesIn(_Body):
    """New values; a field that is left out stays as it is."""

    name: Line = ""
    group: Line | None = None
    contact_address: Line | None = None
    rights: list[str] = []


class AccountFilterIn(BaseModel):
    """What a list of accounts is narrowed to."""

    group: Line | None = None
    name: Line | None = None
    """Part of the name, in whatever case."""
    closed: bool | None = None


class PasswordIn(_Body):
    """A password set by an administrator."""

    password: Secret


class AccountOut(BaseModel):
    """An account."""

    id: str
    name: str
    group_id: str | None
    group_name: str | None
    contact_address: str | None
    rights: list[Right]
    closed: bool
    revision: int
    created_at: datetime
    updated_at: datetime
    last_signed_in_at: datetime | None

    @classmethod
    def of(cls, account: AccountRecord) -> Self:
        """The account as the outside sees it."""
        return cls(
            id=account.id,
            name=account.name,
            group_id=account.group_id,
            group_name=account.group_name,
            contact_address=account.contact_address,
            rights=list(account.rights),
            closed=account.closed,
            revision=account.revision,
            created_at=account.created_at,
            updated_at=account.updated_at,
            last_signed_in_at=account.last_signed_in_at,
        )


class AccountStandingOut(BaseModel):
    """What an account may do now, told to a service that acts in its name."""

    id: str
    name: str
    group_id: str | None
    rights: list[Right]
    closed: bool

    @classmethod
    def of(cls, account: AccountRecord) -> Self:
        """The account as another service sees it."""
        rights = list(account.rights)
        return cls(id=account.id, name=account.name, group_id=account.group_id, rights=rights, closed=account.closed)


class RightOut(BaseModel):
    """A right, explained."""

    name: Right
    explanation: str


class RightsOut(BaseModel):
    """The catalogue of rights, in the order in which they are shown."""

    items: list[RightOut]

    @classmethod
    def catalogue(cls) -> Self:
        """Every right there is."""
        return cls(items=[RightOut(name=right, explanation=EXPLANATIONS[right]) for right in Right])
