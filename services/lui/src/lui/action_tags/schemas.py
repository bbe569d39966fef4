"""Action tags over HTTP."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

TagName = Annotated[
    str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class ActionTagIn(BaseModel):
    """A new action tag."""

    model_config = ConfigDict(extra="forbid")

    name: TagName


class ActionTagPatch(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    name: TagName | None = None
    archived: bool | None = None


class ActionTagOut(BaseModel):
    """A named action, and what to put on the page where it happens."""

    id: str
    number: int
    """Stands where a link's number stands in reports."""
    name: str
    archived: bool
    created_at: AwareDatetime
    pixel_url: str
    snippet: str
    """HTML for the page."""
    snippet_with_consent: str
    """HTML that asks for the pixel only after the page's visitor agreed: call `tuttiAction…()` then."""
    etag: str
