import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lui.audience.rules.addresses import NotAnAddress, address_key, checked_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  ada@example.org\t", "ada@example.org"),
        ("a.b+c'd@sub.example.co.uk", "a.b+c'd@sub.example.co.uk"),
        ("ada@münchen.de", "ada@xn--mnchen-3ya.de"),
        ("ADA@Example.ORG", "ADA@Example.ORG"),
    ],
)
def test_an_address_is_ready_for_an_envelope(text: str, address: str) -> None:
    assert checked_address(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("ada", "no @"),
        ("ada@example.org\r\nRCPT TO:<x@example.org>", "control character"),
        ("ada@example.org\n", "control character"),
        ("ada\x00@example.org", "control character"),
        ("ada\u202e@example.org", "control character"),
        ("ada\u2028@example.org", "control character"),
        ("ada lovelace@example.org", "invalid characters"),
        ("<ada@example.org>", "."),
        ("Ada <ada@example.org>", "."),
        ("ada@example.org, bob@example.org", "."),
        ("ada@localhost", "period"),
        ("ada@[127.0.0.1]", "."),
        ('"ada b"@example.org', "."),
        ("ada@@example.org", "."),
        (".ada@example.org", "."),
        ("ada@-example.org", "."),
        ("ä@example.org", "outside ASCII"),
        ("x" * 65 + "@example.org", "."),
        ("a@" + "x" * 2_000 + ".org", "too long"),
    ],
)
def test_what_is_no_address_says_why(text: str, why: str) -> None:
    with pytest.raises(NotAnAddress, match=why):
        checked_address(text)


@given(st.text(max_size=60) | st.from_regex(r"[ -~]{1,20}@[ -~]{1,20}", fullmatch=True))
def test_nothing_that_passes_can_end_a_command(text: str) -> None:
    try:
        address = checked_address(text)
    except NotAnAddress:
        return
    assert address.isascii()
    assert not set(address) & set(' \t\r\n\x00<>"(),:;\\[]')
    assert address.count("@") == 1


def test_no_text_makes_the_check_slow() -> None:
    started = time.perf_counter()
    for text in ("a" * 100_000, "a." * 50_000 + "@", "a@" + "a-" * 50_000, "a@" + "a." * 50_000):
        with pytest.raises(NotAnAddress):
            checked_address(text)
    assert time.perf_counter() - started < 1


def test_letter_case_makes_no_other_mailbox() -> None:
    assert address_key("Ada@Example.org") == address_key("ada@EXAMPLE.org")
