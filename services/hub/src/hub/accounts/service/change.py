"""Changing, closing and re-opening accounts."""

from collections.abc import Collection
from dataclasses import dataclass

from common.http.etags import Precondition
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.errors import OwnAccount
from hub.accounts.facts import state_changed
from hub.accounts.models import Account
from hub.accounts.record import AccountRecord
from hub.accounts.repository import AccountRepository
from hub.accounts.rules import (
    Administrator,
    checked_contact_address,
    chosen_rights,
    require_may_grant,
    require_may_manage,
    require_other,
)
from hub.accounts.service.create import chosen_group, write_under_free_name
from hub.accounts.service.read import record_of, require_within_reach
from hub.actions import Detail
from hub.groups.rules import clean_name, name_key

ANY_VERSION = Precondition(None)


@dataclass(frozen=True)
class AccountChanges:
    """New values for the fields named in `fields`; the others stay as they are."""

    fields: frozenset[str]
    name: str | None = None
    group: str | None = None
    contact_address: str | None = None
    rights: Collection[str] = ()


async def change_account(
    uow: UnitOfWork,
    account_id: str,
    changes: AccountChanges,
    *,
    by: Administrator,
    expected: Precondition = ANY_VERSION,
) -> AccountRecord:
    """Give an account other values; no fact is stated when nothing differs. Rights and group end its sessions."""
    account = await account_to_manage(uow, account_id, by=by, expected=expected)
    before = await record_of(uow, account)
    await _apply(uow, account, changes, by=by)
    differs = [field for field in _FIELDS if getattr(account, field) != _comparable(before, field)]
    if not differs:
        return before
    if account.id == by.account_id and {"rights", "group_id"} & set(differs):
        raise OwnAccount("You cannot change your own rights or group; ask another administrator")
    if {"rights", "group_id"} & set(differs):
        account.auth_epoch += 1
    _touch(uow, account)
    await write_under_free_name(AccountRepository(uow.session), account)
    after = await record_of(uow, account)
    detail: Detail = {"fields": " ".join(differs)}
    if "rights" in differs:
        detail["granted"] = " ".join(right for right in after.rights if right not in before.rights)
        detail["withdrawn"] = " ".join(right for right in before.rights if right not in after.rights)
    state_changed(uow, after, "account.change", by=by.account_id, detail=detail)
    return after


async def close_account(
    uow: UnitOfWork, account_id: str, *, by: Administrator, expected: Precondition = ANY_VERSION
) -> AccountRecord:
    """Let nobody sign in to it any more; its sessions and tokens end. Closing a closed one changes nothing."""
    require_other(by, account_id, "close")
    account = await account_to_manage(uow, account_id, by=by, expected=expected)
    return await _set_closed(uow, account, by=by, closed=True)


async def reopen_account(
    uow: UnitOfWork, account_id: str, *, by: Administrator, expected: Precondition = ANY_VERSION
) -> AccountRecord:
    """Let a closed account sign in again, with its password, rights and API tokens, but not its old sessions."""
    account = await account_to_manage(uow, account_id, by=by, expected=expected)
    return await _set_closed(uow, account, by=by, closed=False)


async def account_to_manage(
    uow: UnitOfWork, account_id: str, *, by: Administrator, expected: Precondition = ANY_VERSION
) -> Account:
    """The account, locked, within reach, of the expected revision, and with no right the administrator lacks."""
    account = require_within_reach(await AccountRepository(uow.session).get_for_update(account_id), by)
    expected.require(account.revision)
    require_may_manage(by, account.rights)
    return account


async def _apply(uow: UnitOfWork, account: Account, changes: AccountChanges, *, by: Administrator) -> None:
    # The one query comes first: it would write what is set before it, and meet a taken name in the wrong place.
    if "group" in changes.fields:
        account.group_id = await chosen_group(uow, changes.group, by=by)
    if "name" in changes.fields:
        account.name = clean_name(changes.name or "", pointer="/name")
        account.name_key = name_key(account.name)
    if "contact_address" in changes.fields:
        account.contact_address = checked_contact_address(changes.contact_address)
    if "rights" in changes.fields:
        chosen = chosen_rights(changes.rights)
        require_may_grant(by, chosen)
        account.rights = [right.value for right in chosen]


async def _set_closed(uow: UnitOfWork, account: Account, *, by: Administrator, closed: bool) -> AccountRecord:
    if account.closed is not closed:
        account.closed = closed
        account.auth_epoch += 1
        _touch(uow, account)
        action = "account.close" if closed else "account.reopen"
        state_changed(uow, await record_of(uow, account), action, by=by.account_id, detail={})
    return await record_of(uow, account)


def _touch(uow: UnitOfWork, account: Account) -> None:
    account.revision += 1
    account.updated_at = uow.now


_FIELDS = ("name", "group_id", "contact_address", "rights")


def _comparable(record: AccountRecord, field: str) -> object:
    value = getattr(record, field)
    return [right.value for right in value] if field == "rights" else value
