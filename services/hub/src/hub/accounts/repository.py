"""Queries of accounts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, Uuid, exists, func, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import Tuple

from hub.accounts.models import Account, Credential


@dataclass(frozen=True)
class AccountFilter:
    """Which accounts a list shows; None leaves a question open."""

    group_id: str | None = None
    name_part: str | None = None
    closed: bool | None = None


class AccountRepository:
    """Accounts and their credentials."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, account_id: str) -> Account | None:
        """The account, unlocked."""
        return await self._session.get(Account, account_id)

    async def get_for_update(self, account_id: str) -> Account | None:
        """The account as it is now, kept from changing until the transaction ends."""
        return await self._session.get(Account, account_id, with_for_update=True, populate_existing=True)

    async def named(self, name_key: str, group_id: str | None) -> Account | None:
        """The account of that name in the group, or among those without one."""
        in_group = Account.group_id.is_(None) if group_id is None else Account.group_id == group_id
        return await self._session.scalar(select(Account).where(Account.name_key == name_key, in_group))

    async def lock_first(self) -> None:
        """Hold the lock under which the first account is made, until the transaction ends."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("hub first account", 0))))

    async def any_exists(self) -> bool:
        """Whether there is an account at all."""
        return bool(await self._session.scalar(select(exists().select_from(Account))))

    async def flush_unique(self, account: Account) -> bool:
        """Write a new or changed account; False, and the transaction is lost, when its group has that name already."""
        self._session.add(account)
        try:
            await self._session.flush()
        except IntegrityError as error:
            if "uq_accounts_group_id_name_key" not in str(error.orig):
                raise
            return False
        return True

    async def page(self, wanted: AccountFilter, *, after: tuple[str, str] | None, limit: int) -> Sequence[Account]:
        """Accounts in the order of their names, from the one after (name key, id)."""
        query = select(Account).order_by(Account.name_key, Account.id).limit(limit)
        if wanted.group_id is not None:
            query = query.where(Account.group_id == wanted.group_id)
        if wanted.name_part:
            query = query.where(Account.name_key.contains(wanted.name_part, autoescape=True))
        if wanted.closed is not None:
            query = query.where(Account.closed.is_(wanted.closed))
        if after is not None:
            query = query.where(tuple_(Account.name_key, Account.id) > _position(after))
        return (await self._session.scalars(query)).all()

    async def names(self, account_ids: Collection[str]) -> dict[str, str]:
        """The names of those of the accounts that exist, by id."""
        rows = await self._session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
        return {account_id: name for account_id, name in rows}  # noqa: C416 -- a Row is no pair to mypy

    async def password_hash(self, account_id: str) -> str | None:
        """The stored hash of the account's password."""
        return await self._session.scalar(select(Credential.password_hash).where(Credential.account_id == account_id))

    async def store_password(self, account_id: str, password_hash: str, at: datetime) -> None:
        """Set the account's password, whether or not it had one."""
        row = {"account_id": account_id, "password_hash": password_hash, "changed_at": at}
        statement = insert(Credential).values(row)
        changed = {"password_hash": password_hash, "changed_at": at}
        await self._session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=changed))

    async def replace_hash(self, account_id: str, old: str, new: str) -> None:
        """Store the same password at today's strength, unless it was changed meanwhile."""
        same = (Credential.account_id == account_id, Credential.password_hash == old)
        await self._session.execute(update(Credential).where(*same).values(password_hash=new))

    async def note_signed_in(self, account_id: str, at: datetime) -> None:
        """Remember when the account last signed in; no change of the account in the sense of its revision."""
        await self._session.execute(update(Account).where(Account.id == account_id).values(last_signed_in_at=at))


def _position(after: tuple[str, str]) -> Tuple:
    name_key, account_id = after
    return tuple_(literal(name_key, Text()), literal(account_id, Uuid(as_uuid=False)))
