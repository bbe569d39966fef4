"""Use cases of accounts."""

from hub.accounts.service.change import AccountChanges, change_account, close_account, reopen_account
from hub.accounts.service.create import NewAccount, copy_account, create_account
from hub.accounts.service.password import replace_own_password, set_password
from hub.accounts.service.read import (
    AccountQuery,
    any_account,
    find_by_name,
    find_for_sign_in,
    find_record,
    get_account,
    get_any_account,
    list_accounts,
    lock_first_account,
    names_of,
    note_sign_in,
    stored_password,
)

__all__ = [
    "AccountChanges",
    "AccountQuery",
    "NewAccount",
    "any_account",
    "change_account",
    "close_account",
    "copy_account",
    "create_account",
    "find_by_name",
    "find_for_sign_in",
    "find_record",
    "get_account",
    "get_any_account",
    "list_accounts",
    "lock_first_account",
    "names_of",
    "note_sign_in",
    "reopen_account",
    "replace_own_password",
    "set_password",
    "stored_password",
]
