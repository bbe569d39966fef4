"""Passwords of accounts: set by an administrator, or replaced by their owner."""

from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.facts import state_changed
from hub.accounts.models import Account
from hub.accounts.passwords import Passwords
from hub.accounts.record import AccountRecord
from hub.accounts.repository import AccountRepository
from hub.accounts.rules import Administrator, require_strong_password
from hub.accounts.service.change import account_to_manage
from hub.accounts.service.read import record_of


async def set_password(
    uow: UnitOfWork, account_id: str, password: str, *, by: Administrator, passwords: Passwords
) -> AccountRecord:
    """Give an account another password without knowing the present one; all its sessions end."""
    account = await account_to_manage(uow, account_id, by=by)
    require_strong_password(password, names=await _names(uow, account))
    return await _store(uow, account, await passwords.hash(password), by=by.account_id)


async def replace_own_password(
    uow: UnitOfWork, account_id: str, password: str, *, passwords: Passwords
) -> AccountRecord:
    """Give the account another password by its owner, who has proven to know the present one; its sessions end."""
    account = await AccountRepository(uow.session).get_for_update(account_id)
    if account is None:
        raise LookupError("an account that signed in does not exist")
    require_strong_password(password, names=await _names(uow, account))
    return await _store(uow, account, await passwords.hash(password), by=account.id)


async def _names(uow: UnitOfWork, account: Account) -> tuple[str | None, ...]:
    return account.name, (await record_of(uow, account)).group_name


async def _store(uow: UnitOfWork, account: Account, password_hash: str, *, by: str) -> AccountRecord:
    account.revision += 1
    account.auth_epoch += 1
    account.updated_at = uow.now
    await AccountRepository(uow.session).store_password(account.id, password_hash, uow.now)
    after = await record_of(uow, account)
    state_changed(uow, after, "account.set_password", by=by, detail={})
    return after
