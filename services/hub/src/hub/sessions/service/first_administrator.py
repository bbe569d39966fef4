"""The account an installation begins with, and the way back in when its password is lost."""

from common.messaging.unit_of_work import UnitOfWork
from hub.accounts import service as accounts
from hub.accounts.passwords import Passwords, generate_password
from hub.accounts.rights import Right
from hub.accounts.rules import Administrator
from hub.actions import SYSTEM
from hub.sessions.records import Credentials
from hub.sessions.service.api_tokens import NewApiToken, issue_api_token

ADMINISTRATOR = "admin"
_ITSELF = Administrator(SYSTEM, None, frozenset(Right))


async def create_first_administrator(uow: UnitOfWork, passwords: Passwords) -> Credentials | None:
    """Make the account `admin` with every right, a random password and an API token; None when there is any account.

    Of several processes that start at once, one makes it and the others wait and find it.
    """
    await accounts.lock_first_account(uow)
    if await accounts.any_account(uow):
        return None
    password = generate_password()
    new = accounts.NewAccount(ADMINISTRATOR, password, rights=tuple(Right))
    made = await accounts.create_account(uow, new, by=_ITSELF, passwords=passwords)
    token, _ = issue_api_token(uow, NewApiToken("First administrator", tuple(Right)), owner=made)
    return Credentials(ADMINISTRATOR, password, token)


async def reset_administrator(uow: UnitOfWork, passwords: Passwords) -> Credentials:
    """Give `admin` (made when missing) a random password and every right again, and open it when closed.

    For an operator with the service's own configuration at hand, when nobody can sign in any more.
    """
    await accounts.lock_first_account(uow)
    password = generate_password()
    found = await accounts.find_by_name(uow, ADMINISTRATOR)
    if found is None:
        new = accounts.NewAccount(ADMINISTRATOR, password, rights=tuple(Right))
        await accounts.create_account(uow, new, by=_ITSELF, passwords=passwords)
        return Credentials(ADMINISTRATOR, password)
    await accounts.reopen_account(uow, found.id, by=_ITSELF)
    everything = accounts.AccountChanges(frozenset({"rights"}), rights=tuple(Right))
    await accounts.change_account(uow, found.id, everything, by=_ITSELF)
    await accounts.set_password(uow, found.id, password, by=_ITSELF, passwords=passwords)
    return Credentials(ADMINISTRATOR, password)
