"""Making accounts."""

from collections.abc import Collection
from dataclasses import dataclass

from common.contracts.problem import Invalid
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.errors import AccountNameTaken
from hub.accounts.facts import state_changed
from hub.accounts.models import Account
from hub.accounts.passwords import Passwords
from hub.accounts.record import AccountRecord
from hub.accounts.repository import AccountRepository
from hub.accounts.rules import (
    Administrator,
    checked_contact_address,
    chosen_rights,
    in_order,
    require_may_grant,
    require_strong_password,
)
from hub.accounts.service.read import record_of, require_within_reach
from hub.groups import service as groups
from hub.groups.rules import clean_name, name_key


@dataclass(frozen=True)
class NewAccount:
    """What an administrator says about an account that is to be."""

    name: str
    password: str
    group: str | None = None
    contact_address: str | None = None
    rights: Collection[str] = ()


async def create_account(
    uow: UnitOfWork, new: NewAccount, *, by: Administrator, passwords: Passwords, action: str = "account.create"
) -> AccountRecord:
    """Make an account, and its group when no account named that before.

    Raises `Invalid` pointing at what is wrong, `AccountNameTaken`.
    """
    name = clean_name(new.name, pointer="/name")
    address = checked_contact_address(new.contact_address)
    rights = chosen_rights(new.rights)
    require_may_grant(by, rights)
    require_strong_password(new.password, names=(name, new.group))
    password_hash = await passwords.hash(new.password)
    account = Account(
        id=new_id(),
        name=name,
        name_key=name_key(name),
        group_id=await chosen_group(uow, new.group, by=by),
        contact_address=address,
        rights=[right.value for right in rights],
        closed=False,
        revision=1,
        auth_epoch=1,
        created_at=uow.now,
        updated_at=uow.now,
        last_signed_in_at=None,
    )
    accounts = AccountRepository(uow.session)
    await write_under_free_name(accounts, account)
    await accounts.store_password(account.id, password_hash, uow.now)
    made = await record_of(uow, account)
    state_changed(uow, made, action, by=by.account_id, detail={"name": made.name, "rights": " ".join(made.rights)})
    return made


async def copy_account(
    uow: UnitOfWork, account_id: str, new: NewAccount, *, by: Administrator, passwords: Passwords
) -> AccountRecord:
    """Make an account with another one's rights and, unless `new` names one, its group."""
    model = require_within_reach(await AccountRepository(uow.session).get(account_id), by)
    source = await record_of(uow, model)
    require_may_grant(by, source.rights, pointer="")
    like = NewAccount(
        name=new.name,
        password=new.password,
        group=source.group_name if new.group is None else new.group,
        contact_address=new.contact_address,
        rights=in_order(source.rights),
    )
    return await create_account(uow, like, by=by, passwords=passwords, action="account.copy")


async def chosen_group(uow: UnitOfWork, name: str | None, *, by: Administrator) -> str | None:
    """The id of the group an account is put in; an administrator in a group has no choice but that one."""
    if name is None or not name.strip():
        return by.group_id
    if by.group_id is None:
        return (await groups.obtain_group(uow, name, by=by.account_id)).id
    named = await groups.find_group(uow, name)
    if named is None or named.id != by.group_id:
        raise Invalid(("/group", "You administer the accounts of your own group only"))
    return named.id


async def write_under_free_name(accounts: AccountRepository, account: Account) -> None:
    """Write the account; raises `AccountNameTaken` when its group has that name, in whatever case."""
    where = "in this group" if account.group_id else "without a group"
    taken = f"There is an account {account.name!r} {where}; upper and lower case make no difference"
    if not await accounts.flush_unique(account):
        raise AccountNameTaken(taken, errors=[{"pointer": "/name", "detail": "This name is taken"}])
