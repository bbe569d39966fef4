"""Saved reports, their folders and their kept results over HTTP."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from lui.reports.schemas.query import ReportQueryIn, ReportResultOut, ReportType

Sharing = Literal["private", "group", "group_edit"]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$"),
]


class OwnerOut(BaseModel):
    """Whose it is."""

    id: str
    name: str


class SavedReportIn(BaseModel):
    """A question to be kept."""

    model_config = ConfigDict(extra="forbid")

    title: Name
    query: ReportQueryIn
    folder_id: str | None = Field(default=None, max_length=64)
    sharing: Sharing = "private"
    """With whom: nobody, the group to look at, or the group to change."""


class SavedReportPatch(BaseModel):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid")

    title: Name | None = None
    query: ReportQueryIn | None = None
    folder_id: str | None = Field(default=None, max_length=64)
    sharing: Sharing | None = None
    """Only the owner may change it."""


class SavedReportOut(BaseModel):
    """A saved report."""

    id: str
    title: str
    type: ReportType
    folder_id: str | None
    """Null also when the folder is not shared with who looks."""
    query: ReportQueryIn
    sharing: Sharing
    owner: OwnerOut
    mine: bool
    may_edit: bool
    revision: int
    created_at: AwareDatetime
    updated_at: AwareDatetime


class FolderIn(BaseModel):
    """A folder to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    sharing: Sharing = "private"


class FolderPatch(BaseModel):
    """What is to change of a folder."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    sharing: Sharing | None = None


class FolderOut(BaseModel):
    """A folder of reports."""

    id: str
    name: str
    sharing: Sharing
    owner: OwnerOut
    mine: bool
    may_edit: bool
    revision: int
    updated_at: AwareDatetime


class SnapshotOut(BaseModel):
    """A result that was kept, without its numbers."""

    id: str
    report_id: str | None
    """Null when the report was deleted since."""
    title: str
    type: ReportType
    as_of: AwareDatetime
    rules_version: int | None
    digest: str
    """SHA-256 (hex) of the kept result: two copies with the same digest say the same."""
    created_by: OwnerOut
    created_at: AwareDatetime


class SnapshotResultOut(BaseModel):
    """A kept result: the very same numbers as when it was made."""

    snapshot: SnapshotOut
    result: ReportResultOut


class QuickReportOut(BaseModel):
    """A ready question about one job."""

    key: str
    title: str
    query: ReportQueryIn


class QuickReportsOut(BaseModel):
    """The questions a job is ready for."""

    items: list[QuickReportOut]


class LiveOut(BaseModel):
    """Where the counters of a job's live deliveries stand."""

    opens: int
    clicks: int
    at: AwareDatetime


class ReportCopyIn(BaseModel):
    """What the copy is called; without a title, as the original."""

    model_config = ConfigDict(extra="forbid")

    title: Name | None = None
