"""Sessions and API tokens as edges and other use cases see them."""

from dataclasses import dataclass
from datetime import datetime

from hub.accounts.record import AccountRecord
from hub.accounts.rights import Right


@dataclass(frozen=True)
class Presented:
    """What a session token, an API token or an access token proves at this moment."""

    account: AccountRecord
    rights: tuple[Right, ...]
    session_id: str | None = None
    api_token_id: str | None = None


@dataclass(frozen=True)
class SignedIn:
    """A session that has just begun; its token is told this once."""

    session_token: str
    expires_at: datetime
    account: AccountRecord


@dataclass(frozen=True)
class AccessToken:
    """A short-lived proof for the services, and when it ends."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class SessionRecord:
    """A living session in its owner's list."""

    id: str
    current: bool
    user_agent: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class ApiTokenRecord:
    """An API token in its owner's list; the token itself is told when it is made, and never again."""

    id: str
    name: str
    hint: str
    scopes: tuple[Right, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True)
class Credentials:
    """What is told once to whoever installs."""

    account: str
    password: str
    api_token: str | None = None
