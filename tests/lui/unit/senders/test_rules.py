from typing import Any

import pytest

from common.contracts.problem import Invalid
from lui.senders.rules import checked_sender
from lui.senders.schemas import SenderIn


def pointers(**asked: Any) -> list[str]:
    with pytest.raises(Invalid) as raised:
        checked_sender(SenderIn(**{"address": "news@example.org", **asked}))
    return [error["pointer"] for error in raised.value.facts["errors"]]


def test_a_sender_is_taken_as_it_is() -> None:
    sender = checked_sender(
        SenderIn(
            address=" news@münchen.example ",
            name=" News ",
            reply_to="",
            bounces={"mode": "address", "address": "b@example.org"},
        )
    )
    assert sender.model_dump(mode="json") == {
        "address": "news@xn--mnchen-3ya.example",
        "name": "News",
        "reply_to": None,
        "bounces": {"mode": "address", "address": "b@example.org"},
    }


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"address": "news"}, "/address"),
        ({"address": "news@example.org\r\nBcc: all@example.org"}, "/address"),
        ({"address": "news@{{ domain }}"}, "/address"),
        ({"reply_to": "a@example.org\nX: y"}, "/reply_to"),
        ({"name": "News\r\nBcc: all@example.org"}, "/name"),
        ({"name": "News\u2028Bcc"}, "/name"),
        ({"reply_to": "{{ contact }}\nX: y"}, "/reply_to"),
        ({"name": "{{ company }}\r\nBcc: all@example.org"}, "/name"),
        ({"bounces": {"mode": "address", "address": "{{ contact }}"}}, "/bounces/address"),
        ({"bounces": {"mode": "address", "address": "nobody"}}, "/bounces/address"),
    ],
)
def test_what_cannot_stand_in_a_header_is_pointed_at(asked: dict[str, Any], pointer: str) -> None:
    assert pointers(**asked) == [pointer]


def test_everything_wrong_is_told_at_once() -> None:
    assert pointers(address="x", reply_to="y", name="\n") == ["/address", "/reply_to", "/name"]


def test_a_blank_name_is_no_name() -> None:
    assert checked_sender(SenderIn(address="news@example.org", name="  ")).name is None
