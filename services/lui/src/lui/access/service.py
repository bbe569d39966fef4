"""What lui knows of hub's accounts."""

from collections.abc import Collection

from common.contracts.hub import AccountChangedV1
from common.messaging.unit_of_work import UnitOfWork
from lui.access.repository import KnownAccountRepository


async def keep_account(uow: UnitOfWork, fact: AccountChangedV1) -> None:
    """Keep the newest state of an account, in whatever order its states arrive."""
    await KnownAccountRepository(uow.session).keep_newest(
        {
            "account_id": fact.account_id,
            "revision": fact.revision,
            "name": fact.name,
            "group_id": fact.group_id,
            "group_name": fact.group_name,
            "closed": fact.closed,
            "updated_at": uow.now,
        }
    )


async def names_of(uow: UnitOfWork, account_ids: Collection[str]) -> dict[str, str]:
    """The present names of those accounts that are known."""
    return await KnownAccountRepository(uow.session).names(account_ids)
