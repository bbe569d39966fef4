"""What counts as a wish to be left alone."""

import pytest

from lui.subscriber_pages import rules
from lui.subscriber_pages.errors import NotAWish


def test_one_click_is_the_field_of_rfc_8058() -> None:
    assert rules.wish_of([("List-Unsubscribe", "One-Click")]) == "one_click"


def test_the_pages_own_form_is_a_wish_too() -> None:
    assert rules.wish_of([rules.PAGE_FIELD]) == "page"


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [("List-Unsubscribe", "one-click")],
        [("list-unsubscribe", "One-Click")],
        [("List-Unsubscribe", "One-Click ")],
        [("List-Unsubscribe", "One-Click"), ("more", "")],
        [("List-Unsubscribe", "One-Click"), ("List-Unsubscribe", "One-Click")],
        [("unsubscribe", "no")],
    ],
)
def test_anything_else_is_not(fields: list[tuple[str, str]]) -> None:
    with pytest.raises(NotAWish):
        rules.wish_of(fields)
