"""Looking accounts up: for administrators within their reach, for other domains without that limit."""

from collections.abc import Collection
from dataclasses import dataclass

from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.errors import AccountNotFound
from hub.accounts.models import Account
from hub.accounts.record import AccountRecord
from hub.accounts.repository import AccountFilter, AccountRepository
from hub.accounts.rules import Administrator, in_order
from hub.groups import service as groups
from hub.groups.rules import name_key


@dataclass(frozen=True)
class AccountQuery:
    """What a list of accounts is narrowed to, and where it goes on."""

    group: str | None = None
    name: str | None = None
    closed: bool | None = None
    after: tuple[str, str] | None = None
    limit: int = 50


async def get_account(uow: UnitOfWork, account_id: str, *, by: Administrator) -> AccountRecord:
    """The account; raises `AccountNotFound` for one outside the administrator's reach, too."""
    account = await AccountRepository(uow.session).get(account_id)
    return await record_of(uow, require_within_reach(account, by))


async def list_accounts(uow: UnitOfWork, query: AccountQuery, *, by: Administrator) -> list[AccountRecord]:
    """Accounts within reach in the order of their names, from the one after (`name key`, id)."""
    group_id = by.group_id
    if query.group is not None:
        named = await groups.find_group(uow, query.group)
        if named is None or not by.reaches(named.id):
            return []
        group_id = named.id
    wanted = AccountFilter(group_id, None if query.name is None else name_key(query.name), query.closed)
    found = await AccountRepository(uow.session).page(wanted, after=query.after, limit=query.limit)
    names = await groups.names_of(uow, {account.group_id for account in found if account.group_id})
    return [as_record(account, names) for account in found]


async def find_record(uow: UnitOfWork, account_id: str) -> AccountRecord | None:
    """The account, for another domain of hub."""
    account = await AccountRepository(uow.session).get(account_id)
    return None if account is None else await record_of(uow, account)


async def get_any_account(uow: UnitOfWork, account_id: str) -> AccountRecord:
    """The account, for another service. Raises AccountNotFound."""
    found = await find_record(uow, account_id)
    if found is None:
        raise AccountNotFound("There is no such account")
    return found


async def find_for_sign_in(uow: UnitOfWork, name: str, group: str | None) -> tuple[AccountRecord, str] | None:
    """The open account of that name and group and its password's hash; the same queries whether or not it exists."""
    accounts = AccountRepository(uow.session)
    named = await groups.find_group(uow, group or "")
    unknown_group = None if group is None else _NOBODY
    found = await accounts.named(name_key(name), unknown_group if named is None else named.id)
    stored = await accounts.password_hash(found.id if found else _NOBODY)
    if found is None or found.closed or stored is None:
        return None
    return as_record(found, {named.id: named.name} if named else {}), stored


async def stored_password(uow: UnitOfWork, account_id: str) -> str | None:
    """The hash of the account's password."""
    return await AccountRepository(uow.session).password_hash(account_id)


async def note_sign_in(uow: UnitOfWork, account_id: str, *, old_hash: str, new_hash: str | None) -> None:
    """Remember that the account signed in; `new_hash` is the same password at today's strength, when it changed."""
    accounts = AccountRepository(uow.session)
    await accounts.note_signed_in(account_id, uow.now)
    if new_hash is not None:
        await accounts.replace_hash(account_id, old_hash, new_hash)


async def find_by_name(uow: UnitOfWork, name: str) -> AccountRecord | None:
    """The account of that name among those without a group."""
    account = await AccountRepository(uow.session).named(name_key(name), None)
    return None if account is None else as_record(account, {})


async def lock_first_account(uow: UnitOfWork) -> None:
    """Let no other process make the first account until this transaction ends."""
    await AccountRepository(uow.session).lock_first()


async def any_account(uow: UnitOfWork) -> bool:
    """Whether somebody can sign in at all."""
    return await AccountRepository(uow.session).any_exists()


async def names_of(uow: UnitOfWork, account_ids: Collection[str]) -> dict[str, str]:
    """The names of accounts, by id; ids that are none are left out."""
    return await AccountRepository(uow.session).names(account_ids) if account_ids else {}


def require_within_reach(account: Account | None, by: Administrator) -> Account:
    """The account itself; raises `AccountNotFound` for none and for one of a group that is not theirs."""
    if account is None or not by.reaches(account.group_id):
        raise AccountNotFound("There is no such account")
    return account


async def record_of(uow: UnitOfWork, account: Account) -> AccountRecord:
    """The account with its group's name."""
    return as_record(account, await groups.names_of(uow, {account.group_id} if account.group_id else set()))


def as_record(account: Account, group_names: dict[str, str]) -> AccountRecord:
    """The account with its group's name from `group_names`."""
    return AccountRecord(
        id=account.id,
        name=account.name,
        group_id=account.group_id,
        group_name=None if account.group_id is None else group_names[account.group_id],
        contact_address=account.contact_address,
        rights=in_order(account.rights),
        closed=account.closed,
        revision=account.revision,
        auth_epoch=account.auth_epoch,
        created_at=account.created_at,
        updated_at=account.updated_at,
        last_signed_in_at=account.last_signed_in_at,
    )


_NOBODY = "00000000-0000-0000-0000-000000000000"
