"""HTTP bodies."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr

Algorithm = Literal["rsa-2048", "ed25519"]
RecordWord = Literal["found", "missing", "different", "unknown"]


class DkimKeyIn(BaseModel):
    """A new key: generated, or read from `private_key` (PEM) when somebody has one already. It cannot be read back."""

    model_config = ConfigDict(extra="forbid")

    domain: Annotated[str, Field(min_length=1, max_length=253)]
    selector: Annotated[str, Field(min_length=1, max_length=63)]
    algorithm: Algorithm
    private_key: Annotated[SecretStr, Field(max_length=20_000)] | None = None


class ActivateIn(BaseModel):
    """`even_though` is for a key whose record receivers do not find: what the check says about it, word for word."""

    model_config = ConfigDict(extra="forbid")

    even_though: Literal["missing", "different", "unknown"] | None = None


class RecordOut(BaseModel):
    """The record to publish."""

    name: str
    type: Literal["TXT"]
    value: str
    strings: list[str]
    """The value in pieces of at most 255 octets, as a zone file wants it."""
    needed_until: AwareDatetime | None
    """For a retired key: leave the record in place until then, messages it signed are still on their way."""


class RecordCheckOut(BaseModel):
    """What the domain name system said when it was last asked."""

    state: RecordWord
    checked_at: AwareDatetime | None
    found: str | None
    reason: str | None


class DkimKeyOut(BaseModel):
    """A signing key."""

    id: str
    domain: str
    selector: str
    algorithm: Algorithm
    state: Literal["pending", "active", "retired"]
    record: RecordOut
    dns: RecordCheckOut
    created_at: AwareDatetime
    activated_at: AwareDatetime | None
    retired_at: AwareDatetime | None
