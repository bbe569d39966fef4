"""Lists: `?limit=&after=` in, `{"items": […], "next": cursor | null}` out."""

import base64
import binascii
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Depends, Query
from pydantic import BaseModel, Field

from common.contracts.problem import Invalid

T = TypeVar("T")
MAX_LIMIT = 500


class Page(BaseModel, Generic[T]):
    """One page; `next` is given back as `after` to get the following one, null at the end."""

    items: list[T]
    next: str | None


class PageParams(BaseModel):
    """Which page is asked for."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 50
    after: str | None = None

    def position(self) -> list[Any] | None:
        """The sort values of the last row the caller has, or None for the first page. Raises Invalid."""
        return None if self.after is None else decode_cursor(self.after)


def page_params(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50, after: Annotated[str | None, Query(max_length=1_000)] = None
) -> PageParams:
    """The dependency behind `Paging`."""
    return PageParams(limit=limit, after=after)


Paging = Annotated[PageParams, Depends(page_params)]


def encode_cursor(*position: Any) -> str:
    """A cursor for the row with these sort values (anything JSON holds; instants become text)."""
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[Any]:
    """The sort values of a cursor. Raises Invalid when it is none of ours."""
    try:
        position = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        position = None
    if not isinstance(position, list):
        raise Invalid(("/after", "is not a cursor that was given out"))
    return position


def page_of(rows: list[T], params: PageParams, cursor: Any) -> tuple[list[T], str | None]:
    """Cut `limit + 1` fetched rows to the page and its `next`; `cursor(row)` gives the sort values of a row."""
    if len(rows) <= params.limit:
        return rows, None
    kept = rows[: params.limit]
    return kept, encode_cursor(*cursor(kept[-1]))
