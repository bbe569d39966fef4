"""HTTP bodies."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.mailer import BounceClass, EnvelopeState


class EnvelopeOut(BaseModel):
    """One recipient of a delivery and what became of the message."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    ordinal: int
    address: str
    state: EnvelopeState
    attempts: int
    reply_code: int | None
    enhanced_code: str | None
    bounce_class: BounceClass | None = Field(alias="class")
    verb: str | None
    """The command the last reply answered; `.` for the message itself."""
    text: str | None
    next_at: AwareDatetime | None
    settled_at: AwareDatetime | None
