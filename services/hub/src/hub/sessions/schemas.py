"""HTTP bodies about sessions and tokens."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hub.accounts.rights import Right
from hub.accounts.schemas import AccountOut, Line, Secret
from hub.sessions.records import AccessToken, ApiTokenRecord, Presented, SessionRecord, SignedIn


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignInIn(_Body):
    """Who says to be whom."""

    account: Line
    group: Line | None = None
    """Needed by an account that is in a group."""
    password: Secret


class SignedInOut(BaseModel):
    """A session; the token is told this once."""

    session_token: str
    expires_at: datetime
    account: AccountOut

    @classmethod
    def of(cls, signed_in: SignedIn) -> Self:
        """The session as the one who signed in is told of it."""
        account = AccountOut.of(signed_in.account)
        return cls(session_token=signed_in.session_token, expires_at=signed_in.expires_at, account=account)


class SessionOut(BaseModel):
    """A living session of the caller."""

    id: str
    current: bool
    user_agent: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, session: SessionRecord) -> Self:
        """The session as its owner sees it."""
        return cls.model_validate(session, from_attributes=True)


class AccessTokenOut(BaseModel):
    """What the services take for 120 seconds."""

    access_token: str
    expires_at: datetime

    @classmethod
    def of(cls, token: AccessToken) -> Self:
        """The token and its end."""
        return cls(access_token=token.token, expires_at=token.expires_at)


class JwksOut(BaseModel):
    """A JWK set (RFC 7517, section 5)."""

    keys: list[dict[str, Any]]


class MeOut(BaseModel):
    """Who the caller is, and what they may do with what they presented."""

    account: AccountOut
    rights: list[Right]
    """The account's rights; fewer when an API token with fewer scopes is used."""
    session_id: str | None

    @classmethod
    def of(cls, presented: Presented) -> Self:
        """The caller as they are told of themselves."""
        account = AccountOut.of(presented.account)
        return cls(account=account, rights=list(presented.rights), session_id=presented.session_id)


class OwnPasswordIn(_Body):
    """Another password for the caller's own account."""

    present_password: Secret
    new_password: Secret


class ApiTokenIn(_Body):
    """A credential for a program."""

    name: Line
    scopes: Annotated[list[str], Field(max_length=100)] | None = None
    """Rights the token may use; left out, all the caller has."""
    expires_at: AwareDatetime | None = None


class ApiTokenOut(BaseModel):
    """An API token in its owner's list; `hint` is its last four characters."""

    id: str
    name: str
    hint: str
    scopes: list[Right]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: ApiTokenRecord) -> Self:
        """The token as its owner sees it."""
        return cls.model_validate(token, from_attributes=True)


class NewApiTokenOut(ApiTokenOut):
    """A new API token with the token itself, which is told this once."""

    api_token: str
