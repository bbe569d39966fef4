"""Uploads and audiences over HTTP."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from lui.audience.reacting import ReactionSourceIn, ReactionSourceOut

OneCharacter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Usage(StrEnum):
    """Whether the columns are merged into the message, or everybody gets the same one."""

    MERGE = "merge"
    BULK = "bulk"


class DuplicatesBy(StrEnum):
    """What makes two rows the same recipient."""

    NONE = "none"
    ADDRESS = "address"
    COLUMNS = "columns"


class UploadOut(BaseModel):
    """An upload with the settings that were detected, or with those asked for, and what they make of the file."""

    id: str
    file_name: str
    size: int
    kind: Literal["csv"]
    encoding: str
    separator: str
    quote: str | None
    header: bool
    columns: list[str]
    """Merge-field names, in file order."""
    sample: list[list[str]]
    rows: int
    """Rows of the whole file with the detected settings, the header not among them."""
    warnings: list[str]
    problems: list[str]
    """What keeps these settings from being used, for example a column name used twice."""
    created_at: AwareDatetime


class SourceIn(BaseModel):
    """An upload the rows come from; settings not given are the detected ones. An empty quote means none."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["upload"]
    upload_id: str = Field(max_length=64)
    encoding: str | None = Field(default=None, max_length=40)
    separator: OneCharacter | None = None
    quote: Annotated[str, StringConstraints(max_length=1)] | None = None
    header: bool | None = None


class DuplicatesIn(BaseModel):
    """What makes two rows the same recipient; the first one is kept."""

    model_config = ConfigDict(extra="forbid")

    by: DuplicatesBy
    columns: list[ColumnName] | None = Field(default=None, max_length=500)


AnySourceIn = Annotated[SourceIn | ReactionSourceIn, Field(discriminator="type")]


class RecipientsIn(BaseModel):
    """How a source becomes an audience; columns by merge-field name or as written in the header.

    Recipients by reaction keep the columns of the earlier job: address and name column need not be given again.
    """

    model_config = ConfigDict(extra="forbid")

    source: AnySourceIn
    address_column: ColumnName | None = None
    """Needed with an upload."""
    name_column: ColumnName | None = None
    usage: Usage
    duplicates: DuplicatesIn = DuplicatesIn(by=DuplicatesBy.ADDRESS)


class SourceOut(BaseModel):
    """The settings the file was read with."""

    type: Literal["upload"]
    upload_id: str
    file_name: str
    encoding: str
    separator: str
    quote: str | None
    header: bool


class DuplicatesOut(BaseModel):
    """What makes two rows the same recipient."""

    by: DuplicatesBy
    columns: list[str] | None


AnySourceOut = Annotated[SourceOut | ReactionSourceOut, Field(discriminator="type")]


class Definition(BaseModel):
    """What was asked for, with every setting filled in; kept with the job's step."""

    model_config = ConfigDict(extra="ignore")

    source: AnySourceOut
    address_column: str
    name_column: str | None
    usage: Usage
    duplicates: DuplicatesOut


class CountsOut(BaseModel):
    """Rows of the source by what became of them."""

    accepted: int
    duplicates: int
    rejected: int
