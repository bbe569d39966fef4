"""An account as other domains see it."""

from dataclasses import dataclass
from datetime import datetime

from hub.accounts.rights import Right


@dataclass(frozen=True)
class AccountRecord:
    """The whole state of one account, its group named, its password left out."""

    id: str
    name: str
    group_id: str | None
    group_name: str | None
    contact_address: str | None
    rights: tuple[Right, ...]
    closed: bool
    revision: int
    auth_epoch: int
    created_at: datetime
    updated_at: datetime
    last_signed_in_at: datetime | None
