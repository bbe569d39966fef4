"""Accounts, for those who administer them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from common.http.bearer import requires, service_only, signed_in
from common.http.etags import PreconditionFailed
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from hub.accounts import service
from hub.accounts.dependencies import AdministratorDep, CreatorDep, VersionDep
from hub.accounts.errors import AccountBeyondReach, AccountNameTaken, AccountNotFound, OwnAccount
from hub.accounts.record import AccountRecord
from hub.accounts.schemas import (
    AccountChangesIn,
    AccountCopyIn,
    AccountFilterIn,
    AccountIn,
    AccountOut,
    AccountStandingOut,
    PasswordIn,
    RightsOut,
)
from hub.groups.rules import name_key
from hub.positions import text_and_id

router = APIRouter(prefix="/api/v1", tags=["accounts"])
internal_router = APIRouter(prefix="/internal/v1", tags=["internal"], dependencies=[service_only("lui")])
administers = requires("administer_accounts")


@router.get("/rights", dependencies=[signed_in()])
async def list_rights() -> RightsOut:
    """The catalogue of rights, explained."""
    return RightsOut.catalogue()


@router.get("/accounts", dependencies=[administers])
async def list_accounts(
    read: Read, by: AdministratorDep, paging: Paging, wanted: Annotated[AccountFilterIn, Depends()]
) -> Page[AccountOut]:
    """Accounts in the order of their names: all of them, or those of the caller's group."""
    query = service.AccountQuery(wanted.group, wanted.name, wanted.closed, text_and_id(paging), paging.limit + 1)
    found, following = page_of(await service.list_accounts(read, query, by=by), paging, _position)
    return Page(items=[AccountOut.of(account) for account in found], next=following)


@router.post("/accounts", status_code=201, dependencies=[administers], responses=problems(AccountNameTaken))
async def create_account(body: AccountIn, work: Work, by: CreatorDep, version: VersionDep) -> AccountOut:
    """Make an account, and its group when no account named it before."""
    new = service.NewAccount(body.name, body.password, body.group, body.contact_address, body.rights)
    made = await service.create_account(work, new, by=by.administrator, passwords=by.passwords)
    return version.created(made)


@router.get("/accounts/{account_id}", dependencies=[administers], responses=problems(AccountNotFound))
async def get_account(account_id: UUID, read: Read, by: AdministratorDep, version: VersionDep) -> AccountOut:
    """One account."""
    return version.tag(await service.get_account(read, str(account_id), by=by))


@router.patch(
    "/accounts/{account_id}",
    dependencies=[administers],
    responses=problems(AccountNotFound, AccountBeyondReach, AccountNameTaken, OwnAccount, PreconditionFailed),
)
async def change_account(
    account_id: UUID, body: AccountChangesIn, work: Work, by: AdministratorDep, version: VersionDep
) -> AccountOut:
    """Give an account other values. Other rights or another group end its sessions."""
    changes = service.AccountChanges(
        frozenset(body.model_fields_set), body.name, body.group, body.contact_address, body.rights
    )
    changed = await service.change_account(work, str(account_id), changes, by=by, expected=version.expected)
    return version.tag(changed)


@router.put(
    "/accounts/{account_id}/password",
    status_code=204,
    dependencies=[administers],
    responses=problems(AccountNotFound, AccountBeyondReach),
)
async def set_password(account_id: UUID, body: PasswordIn, work: Work, by: CreatorDep) -> None:
    """Give an account another password; its sessions end."""
    await service.set_password(work, str(account_id), body.password, by=by.administrator, passwords=by.passwords)


@router.post(
    "/accounts/{account_id}/close",
    dependencies=[administers],
    responses=problems(AccountNotFound, AccountBeyondReach, OwnAccount, PreconditionFailed),
)
async def close_account(account_id: UUID, work: Work, by: AdministratorDep, version: VersionDep) -> AccountOut:
    """Let nobody sign in to an account any more; its sessions end and its API tokens are refused."""
    closed = await service.close_account(work, str(account_id), by=by, expected=version.expected)
    return version.tag(closed)


@router.post(
    "/accounts/{account_id}/reopen",
    dependencies=[administers],
    responses=problems(AccountNotFound, AccountBeyondReach, PreconditionFailed),
)
async def reopen_account(account_id: UUID, work: Work, by: AdministratorDep, version: VersionDep) -> AccountOut:
    """Let a closed account sign in again."""
    opened = await service.reopen_account(work, str(account_id), by=by, expected=version.expected)
    return version.tag(opened)


@router.post(
    "/accounts/{account_id}/copy",
    status_code=201,
    dependencies=[administers],
    responses=problems(AccountNotFound, AccountNameTaken),
)
async def copy_account(
    account_id: UUID, body: AccountCopyIn, work: Work, by: CreatorDep, version: VersionDep
) -> AccountOut:
    """Make an account with the rights of another, and its group unless one is named."""
    new = service.NewAccount(body.name, body.password, body.group, body.contact_address)
    copied = await service.copy_account(work, str(account_id), new, by=by.administrator, passwords=by.passwords)
    return version.created(copied)


@internal_router.get("/accounts/{account_id}", responses=problems(AccountNotFound))
async def show_standing(account_id: UUID, read: Read) -> AccountStandingOut:
    """What an account may do now, for what is done in its name while nobody is signed in."""
    return AccountStandingOut.of(await service.get_any_account(read, str(account_id)))


def _position(account: AccountRecord) -> tuple[str, str]:
    return name_key(account.name), account.id
