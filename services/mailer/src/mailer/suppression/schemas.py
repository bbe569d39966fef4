"""HTTP bodies."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class SuppressionOut(BaseModel):
    """An address that is not written to; `group_id` null means by nobody in the installation."""

    id: str
    group_id: str | None
    address: str
    reason: str
    since: AwareDatetime


class SuppressByEnvelopeIn(BaseModel):
    """Whom lui wants left alone, because of which envelope."""

    model_config = ConfigDict(extra="ignore")

    delivery_id: str
    ordinal: Annotated[int, Field(ge=1)]
    address: Annotated[str, Field(min_length=3, max_length=320)]
    group_id: str | None
    reason: Annotated[str, Field(min_length=1, max_length=60)]


class SuppressedOut(BaseModel):
    """Committed: no intent from now on will be granted for the address."""

    suppressed: bool
    is_new: bool
