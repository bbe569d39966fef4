"""What counts as a wish to be left alone, and what is only somebody looking."""

from collections.abc import Sequence
from typing import Literal, get_args

from lui.subscriber_pages.errors import NotAWish

Reason = Literal["one_click", "page", "mail", "staff"]
REASONS: tuple[str, ...] = get_args(Reason)

PAGE_FIELD = ("unsubscribe", "yes")
"""The one field of the page's own form."""
_WISHES: dict[tuple[str, str], Reason] = {
    ("List-Unsubscribe", "One-Click"): "one_click",  # RFC 8058, section 3.2: this and nothing else
    PAGE_FIELD: "page",
}


def wish_of(fields: Sequence[tuple[str, str]]) -> Reason:
    """How the posted form fields ask for an end. Raises NotAWish for any other body."""
    reason = _WISHES.get(fields[0]) if len(fields) == 1 else None
    if reason is None:
        raise NotAWish(
            ("/List-Unsubscribe", "the body is the one form field List-Unsubscribe=One-Click (RFC 8058), nothing else")
        )
    return reason
