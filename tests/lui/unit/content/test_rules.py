from typing import Any

import pytest

from common.contracts.problem import Invalid
from lui.content.rules import require_writable, unknown_fields
from lui.content.schemas import ContentIn, MergeFieldOut


@pytest.mark.parametrize("parts", [{"html": "<p>x</p>"}, {"text": "x"}, {"html": "<p>x</p>", "text": "x"}])
def test_one_part_is_enough(parts: dict[str, str]) -> None:
    require_writable(ContentIn(subject="Hello", **parts))


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"subject": " ", "text": "x"}, "/subject"),
        ({"subject": "a\nb", "text": "x"}, "/subject"),
        ({"subject": "a\u2028b", "text": "x"}, "/subject"),
        ({"subject": "a\tb", "text": "x"}, "/subject"),
        ({"subject": "a\x07b", "text": "x"}, "/subject"),
        ({"subject": "a"}, ""),
        ({"subject": "a", "html": " ", "text": ""}, ""),
        ({"subject": "a", "html": "<p>\n\x00</p>"}, "/html"),
        ({"subject": "a", "text": "\x1b"}, "/text"),
    ],
)
def test_what_cannot_be_sent_is_pointed_at(asked: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as raised:
        require_writable(ContentIn(**asked))
    assert [error["pointer"] for error in raised.value.facts["errors"]] == [pointer]


def test_the_line_of_a_control_character_is_named() -> None:
    with pytest.raises(Invalid, match="line 3"):
        require_writable(ContentIn(subject="a", text="x\ny\n\x01"))


def test_unknown_fields_are_told_once_in_order() -> None:
    fields = [MergeFieldOut(name=name, part="html") for name in ("b", "a", "b", "known")]
    assert unknown_fields(fields, {"known"}) == ["b", "a"]
