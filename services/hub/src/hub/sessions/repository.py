"""Queries of sessions, API tokens, signing keys and of the slowing down of guesses."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.sessions.models import ApiToken, FamiliarAddress, Session, SignInBucket, SignInDelay, SigningKey
from hub.sessions.rules import Bucket, Delay


class SessionRepository:
    """Sessions by their token and by their account."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Session) -> None:
        """Keep a new session."""
        self._session.add(row)

    async def with_hash(self, token_hash: bytes) -> Session | None:
        """The session a token was made for, over or not."""
        return await self._session.scalar(select(Session).where(Session.token_hash == token_hash))

    async def get(self, session_id: str) -> Session | None:
        """The session of that id, over or not."""
        return await self._session.get(Session, session_id)

    async def of_account(self, account_id: str, auth_epoch: int) -> Sequence[Session]:
        """The account's sessions of its present epoch, last used first."""
        mine = (Session.account_id == account_id, Session.auth_epoch == auth_epoch)
        return (await self._session.scalars(select(Session).where(*mine).order_by(Session.last_used_at.desc()))).all()

    async def note_used(self, session_id: str, at: datetime, *, unless_since: datetime) -> None:
        """Start the session's idle time anew, unless that was done after `unless_since`."""
        due = (Session.id == session_id, Session.last_used_at <= unless_since)
        await self._session.execute(update(Session).where(*due).values(last_used_at=at))

    async def move_to_epoch(self, session_id: str, auth_epoch: int) -> None:
        """Carry one session over a change that ends all others of its account."""
        await self._session.execute(update(Session).where(Session.id == session_id).values(auth_epoch=auth_epoch))

    async def remove(self, session_id: str) -> None:
        """End a session for good."""
        await self._session.execute(delete(Session).where(Session.id == session_id))

    async def remove_all_but(self, account_id: str, *, newest: int) -> None:
        """End the account's sessions except the `newest` that began last."""
        mine = select(Session.id).where(Session.account_id == account_id)
        surplus = mine.order_by(Session.created_at.desc(), Session.id.desc()).offset(newest)
        await self._session.execute(delete(Session).where(Session.id.in_(surplus)))

    async def remove_over(self, *, now: datetime, unused_since: datetime) -> int:
        """Drop sessions past their end or unused since an instant; returns how many."""
        over = (Session.expires_at <= now) | (Session.last_used_at <= unused_since)
        return len((await self._session.execute(delete(Session).where(over).returning(Session.id))).all())


class ApiTokenRepository:
    """API tokens by their hash and by their account."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: ApiToken) -> None:
        """Keep a new API token."""
        self._session.add(row)

    async def with_hash(self, token_hash: bytes) -> ApiToken | None:
        """The API token that was shown once, expired or not."""
        return await self._session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash))

    async def page(self, account_id: str, *, after: tuple[datetime, str] | None, limit: int) -> Sequence[ApiToken]:
        """The account's API tokens, newest first, from the one after (made at, id)."""
        query = select(ApiToken).where(ApiToken.account_id == account_id)
        query = query.order_by(ApiToken.created_at.desc(), ApiToken.id.desc()).limit(limit)
        if after is not None:
            at, token_id = after
            earlier = (ApiToken.created_at == at) & (ApiToken.id < token_id)
            query = query.where((ApiToken.created_at < at) | earlier)
        return (await self._session.scalars(query)).all()

    async def count(self, account_id: str) -> int:
        """How many API tokens the account has."""
        query = select(func.count()).select_from(ApiToken).where(ApiToken.account_id == account_id)
        return await self._session.scalar(query) or 0

    async def note_used(self, token_id: str, at: datetime, *, unless_since: datetime) -> None:
        """Remember the last use, unless one after `unless_since` is remembered."""
        due = ApiToken.last_used_at.is_(None) | (ApiToken.last_used_at <= unless_since)
        await self._session.execute(update(ApiToken).where(ApiToken.id == token_id, due).values(last_used_at=at))

    async def remove(self, account_id: str, token_id: str) -> ApiToken | None:
        """Revoke a token of the account; None when it has no such token."""
        mine = (ApiToken.account_id == account_id, ApiToken.id == token_id)
        return await self._session.scalar(delete(ApiToken).where(*mine).returning(ApiToken))


class SigningKeyRepository:
    """Signing keys, of which there are two or three."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> Sequence[SigningKey]:
        """Every key that is kept."""
        return (await self._session.scalars(select(SigningKey).order_by(SigningKey.activates_at))).all()

    async def add(self, row: SigningKey) -> None:
        """Keep a new key."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, key_id: str) -> None:
        """Forget a key; what it signed verifies no longer."""
        await self._session.execute(delete(SigningKey).where(SigningKey.id == key_id))

    async def lock(self) -> None:
        """Keep every other process from changing the keys until the transaction ends."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("hub signing keys", 0))))


class SlowDownRepository:
    """Attempts by account, by address, and where an account is at home."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, label: str) -> None:
        """Make attempts of that label queue up until the transaction ends; works without a row to lock."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(label, 0))))

    async def delay(self, label: str) -> Delay | None:
        """The failures counted under the label."""
        row = await self._session.get(SignInDelay, label, populate_existing=True)
        return None if row is None else Delay(row.failures, row.last_attempt_at)

    async def store_delay(self, label: str, delay: Delay) -> None:
        """Write the failures down."""
        values = {"failures": delay.failures, "last_attempt_at": delay.last_attempt_at}
        statement = insert(SignInDelay).values(label=label, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["label"], set_=values))

    async def forget_delay(self, label: str) -> None:
        """Start from nothing."""
        await self._session.execute(delete(SignInDelay).where(SignInDelay.label == label))

    async def bucket(self, label: str) -> Bucket | None:
        """The attempts the address had left when it was last looked at; None when it never was."""
        row = await self._session.get(SignInBucket, label, populate_existing=True)
        return None if row is None else Bucket(row.tokens, row.filled_at)

    async def store_bucket(self, label: str, bucket: Bucket) -> None:
        """Write the attempts left down."""
        values = {"tokens": bucket.tokens, "filled_at": bucket.filled_at}
        statement = insert(SignInBucket).values(label=label, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["label"], set_=values))

    async def is_familiar(self, label: str, *, since: datetime) -> bool:
        """Whether the account was signed in to from that address since an instant."""
        row = await self._session.get(FamiliarAddress, label, populate_existing=True)
        return row is not None and row.last_used_at >= since

    async def note_familiar(self, label: str, at: datetime) -> None:
        """Remember that the account was signed in to from that address."""
        statement = insert(FamiliarAddress).values(label=label, last_used_at=at)
        changed = {"last_used_at": at}
        await self._session.execute(statement.on_conflict_do_update(index_elements=["label"], set_=changed))

    async def remove_older(self, *, attempts_before: datetime, familiar_before: datetime) -> None:
        """Forget what no longer changes an answer."""
        await self._session.execute(delete(SignInDelay).where(SignInDelay.last_attempt_at < attempts_before))
        await self._session.execute(delete(SignInBucket).where(SignInBucket.filled_at < attempts_before))
        await self._session.execute(delete(FamiliarAddress).where(FamiliarAddress.last_used_at < familiar_before))
