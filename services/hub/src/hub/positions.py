"""Reading the cursors that hub's lists gave out."""

from datetime import datetime
from uuid import UUID

from common.contracts.problem import Invalid
from common.http.paging import PageParams


def text_and_id(page: PageParams) -> tuple[str, str] | None:
    """The text and the id of the last row the caller has, or None for the first page. Raises `Invalid`."""
    match page.position():
        case None:
            return None
        case [str(value), str(row_id)] if "\0" not in value:
            return value, _id(row_id)
        case _:
            raise _foreign()


def instant_and_id(page: PageParams) -> tuple[datetime, str] | None:
    """The instant and the id of the last row the caller has, or None for the first page. Raises `Invalid`."""
    match page.position():
        case None:
            return None
        case [str(value), str(row_id)]:
            return _instant(value), _id(row_id)
        case _:
            raise _foreign()


def text_only(page: PageParams) -> str | None:
    """The text of the last row the caller has, or None for the first page. Raises `Invalid`."""
    match page.position():
        case None:
            return None
        case [str(value)] if "\0" not in value:
            return value
        case _:
            raise _foreign()


def _id(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise _foreign() from None


def _instant(value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise _foreign() from None
    if instant.tzinfo is None:
        raise _foreign()
    return instant


def _foreign() -> Invalid:
    return Invalid(("/after", "is not a cursor that was given out"))
