"""Tables of sessions, API tokens, signing keys and the slowing down of guesses."""

from datetime import datetime

from sqlalchemy import ARRAY, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from common.db.base import Id
from hub.base import Base


class Session(Base):
    """One sign-in of an account, alive as long as it is used, young enough, and of the account's epoch."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "account_id"), Index(None, "expires_at"))

    id: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("hub.accounts.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    auth_epoch: Mapped[int]
    user_agent: Mapped[str | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiToken(Base):
    """A credential for programs; it may do at most what its owner may do at the moment of use."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("hub.accounts.id", ondelete="CASCADE"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hint: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class SigningKey(Base):
    """An Ed25519 key that signs access tokens; its private part is sealed."""

    __tablename__ = "signing_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    activates_at: Mapped[datetime]


class SignInDelay(Base):
    """Attempts on one account, or on one account from one familiar address. The label tells neither."""

    __tablename__ = "sign_in_delays"
    __table_args__ = (Index(None, "last_attempt_at"),)

    label: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_attempt_at: Mapped[datetime]


class SignInBucket(Base):
    """The attempts one network address has left."""

    __tablename__ = "sign_in_buckets"
    __table_args__ = (Index(None, "filled_at"),)

    label: Mapped[str] = mapped_column(primary_key=True)
    tokens: Mapped[int]
    filled_at: Mapped[datetime]


class FamiliarAddress(Base):
    """An address an account signed in from before: guesses from elsewhere do not make it wait."""

    __tablename__ = "familiar_addresses"
    __table_args__ = (Index(None, "last_used_at"),)

    label: Mapped[str] = mapped_column(primary_key=True)
    last_used_at: Mapped[datetime]
