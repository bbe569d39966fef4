"""HTTP bodies about the audit trail."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, Field

from hub.audit.record import AuditRecord

Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class AuditFilterIn(BaseModel):
    """What the trail is searched for."""

    actor: Word | None = None
    """Id of an account, or `service:<name>`."""
    action: Word | None = None
    """`<noun>.<verb>`, for example `account.create`."""
    target: Word | None = None
    """Id of what was acted on."""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class AuditEntryOut(BaseModel):
    """One recorded action; `actor_name` is the name the account goes by today."""

    id: str
    at: datetime
    service: str
    actor_id: str | None
    actor_name: str | None
    action: str
    target_type: str
    target_id: str
    group_id: str | None
    detail: dict[str, str | int | bool | None]
    correlation_id: str | None

    @classmethod
    def of(cls, entry: AuditRecord) -> Self:
        """The entry as the outside sees it."""
        return cls.model_validate(entry, from_attributes=True)
