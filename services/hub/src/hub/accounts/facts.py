"""How a changed account is told to the other services."""

from common.contracts.hub import AccountChangedV1
from common.messaging.unit_of_work import UnitOfWork
from hub.accounts.record import AccountRecord
from hub.actions import Action, Detail, Target, record


def state_changed(uow: UnitOfWork, account: AccountRecord, action: str, *, by: str, detail: Detail) -> None:
    """State the account's whole state and who changed it how; in the transaction that changes it."""
    uow.emit(
        AccountChangedV1(
            account_id=account.id,
            revision=account.revision,
            name=account.name,
            group_id=account.group_id,
            group_name=account.group_name,
            contact_address=account.contact_address,
            rights=tuple(right.value for right in account.rights),
            closed=account.closed,
            auth_epoch=account.auth_epoch,
        )
    )
    record(uow, Action(action, by, Target("account", account.id, account.group_id), detail))
