"""Versions of a representation: `ETag` out, `If-Match` in (RFC 9110, sections 8.8.3 and 13.1.1)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header

from common.contracts.problem import Problem


class PreconditionFailed(Problem):
    """The caller edited an older version."""

    status, slug, title = 412, "precondition-failed", "It was changed by someone else meanwhile"


def etag(revision: int | str) -> str:
    """The entity tag of a revision."""
    return f'"{revision}"'


@dataclass(frozen=True, slots=True)
class Precondition:
    """The version the caller believes to be current; no header, no condition."""

    tags: tuple[str, ...] | None

    def require(self, revision: int | str) -> None:
        """Raises PreconditionFailed when the current revision is none of those the caller named."""
        if self.tags is not None and "*" not in self.tags and etag(revision) not in self.tags:
            raise PreconditionFailed("Load it again before changing it", current=etag(revision))


def if_match(header: Annotated[str | None, Header(alias="If-Match", max_length=1_000)] = None) -> Precondition:
    """The dependency behind `IfMatch`."""
    if header is None:
        return Precondition(None)
    # Weak tags never match here (RFC 9110, 13.1.1): they stay in the list and equal nothing.
    return Precondition(tuple(tag.strip() for tag in header.split(",")))


IfMatch = Annotated[Precondition, Depends(if_match)]
