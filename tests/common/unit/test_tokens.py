"""Tokens that stand in links and addresses: unreadable, unforgeable, the same each time."""

import base64
import hmac
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.signed_token import (
    LOCAL_PART_TOKEN,
    MAX_SUBJECT,
    VISITOR_LENGTH,
    ActionToken,
    Purpose,
    TokenKeys,
    TrackingToken,
    Visitor,
    _Mac,
    pseudonym,
)

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 40
keys = TokenKeys([NEW, OLD])
deliveries = st.integers(0, 2**32 - 1)
ordinals = st.integers(0, 2**32 - 1)
URL_SAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(deliveries, st.lists(st.integers(0, MAX_SUBJECT), min_size=1, max_size=5))
def test_tracking_tokens_are_22_characters_and_come_back(delivery: int, subjects: list[int]) -> None:
    tokens = keys.mint_tracking(delivery, subjects)
    assert all(len(token) == 22 and set(token) <= URL_SAFE for token in tokens)
    assert [keys.read_tracking(token) for token in tokens] == [TrackingToken(delivery, each) for each in subjects]
    assert keys.mint_tracking(delivery, subjects) == tokens


@pytest.mark.parametrize(("delivery", "subject"), [(2**32, 0), (0, 2**48), (-1, 0), (0, -1)])
def test_what_does_not_fit_is_not_minted(delivery: int, subject: int) -> None:
    with pytest.raises(struct.error):
        keys.mint_tracking(delivery, [subject])


@given(st.text(max_size=50))
def test_nonsense_is_no_token(text: str) -> None:
    assert keys.read_tracking(text) is None
    assert keys.read_tracking(text.encode()) is None
    assert keys.open_visitor(text) is None
    assert keys.read_action(text) is None
    assert keys.read_local_part(text) is None
    assert keys.open_target("a" * 22, 1, text) is None


@given(deliveries, st.integers(0, MAX_SUBJECT), st.integers(0, 2**32 - 1), st.integers(0, 42), st.sampled_from("aZ0-_"))
def test_a_visitor_comes_back_and_a_changed_one_does_not(
    delivery: int, subject: int, ends_at: int, index: int, character: str
) -> None:
    sealed = keys.seal_visitor(delivery, subject, ends_at)
    changed = sealed[:index] + character + sealed[index + 1 :]
    assert len(sealed) == VISITOR_LENGTH
    assert keys.open_visitor(sealed) == Visitor(delivery, subject, ends_at)
    assert (keys.open_visitor(changed) is None) is (changed != sealed)
    assert TokenKeys([OTHER]).open_visitor(sealed) is None
    assert TokenKeys([OLD]).open_visitor(sealed) is None
    assert keys.open_visitor(TokenKeys([OLD]).seal_visitor(delivery, subject, ends_at)) is not None


def test_a_visitor_is_no_sealed_target_and_a_sealed_target_no_visitor() -> None:
    token = keys.mint_tracking(1, [2])[0]
    target = keys.seal_target(token, 1, "sixteen octets!!")
    assert len(target) == VISITOR_LENGTH
    assert keys.open_visitor(target) is None
    assert keys.open_target(token, 1, keys.seal_visitor(1, 2, 3)) is None


@given(st.integers(0, 21), st.sampled_from(sorted(URL_SAFE)))
def test_a_changed_character_spoils_a_tracking_token(index: int, character: str) -> None:
    (token,) = keys.mint_tracking(7, [3])
    changed = token[:index] + character + token[index + 1 :]
    assert (keys.read_tracking(changed) is None) is (changed != token)


@given(deliveries, ordinals, st.sampled_from(Purpose))
def test_action_tokens_come_back_with_their_purpose(delivery: int, ordinal: int, purpose: Purpose) -> None:
    expected = ActionToken(purpose, delivery, ordinal)
    token, local_part = keys.mint_action(purpose, delivery, ordinal), keys.mint_local_part(purpose, delivery, ordinal)
    assert (len(token), len(local_part)) == (36, 54)
    assert keys.read_action(token) == expected
    assert keys.read_local_part(local_part) == expected
    assert keys.read_local_part(local_part.upper()) == expected, "mail systems change the case"


@given(deliveries, ordinals, st.sampled_from(Purpose))
def test_mail_that_was_sent_with_tokens_in_base32_still_comes_back(
    delivery: int, ordinal: int, purpose: Purpose
) -> None:
    [octets] = keys.mint_actions(purpose, delivery, [ordinal])
    former = base64.b32encode(octets).decode().rstrip("=").lower()
    assert keys.read_local_part(former) == ActionToken(purpose, delivery, ordinal)
    for written in (former, keys.mint_local_part(purpose, delivery, ordinal)):
        assert re.fullmatch(LOCAL_PART_TOKEN, written)


@given(st.binary(min_size=32, max_size=64), st.binary(max_size=200))
def test_the_code_of_a_token_is_hmac_sha_256(key: bytes, body: bytes) -> None:
    assert _Mac(key).of(body) == hmac.digest(key, body, "sha256")[:16]


@given(st.integers(0, 35), st.sampled_from(sorted(URL_SAFE)))
def test_a_changed_character_spoils_an_action_token(index: int, character: str) -> None:
    token = keys.mint_action(Purpose.UNSUBSCRIBE, 7, 3)
    changed = token[:index] + character + token[index + 1 :]
    assert (keys.read_action(changed) is None) is (changed != token)


def test_keys_are_replaced_one_generation_at_a_time() -> None:
    before, stranger = TokenKeys([OLD]), TokenKeys([OTHER])
    (tracking,) = before.mint_tracking(1, [2])
    action = before.mint_action(Purpose.UNSUBSCRIBE, 1, 2)
    sealed = before.seal_target(tracking, 1, "https://example.org/")
    assert keys.read_tracking(tracking) == TrackingToken(1, 2)
    assert keys.read_action(action) is not None
    assert keys.open_target(tracking, 1, sealed) == "https://example.org/"
    assert keys.mint_tracking(1, [2]) != [tracking], "the newest one mints"
    for other in (stranger, TokenKeys([NEW])):
        assert other.read_tracking(tracking) is None
        assert other.read_action(action) is None
        assert other.open_target(tracking, 1, sealed) is None


@pytest.mark.parametrize("masters", [[], [b"short"], [NEW, b"short"]])
def test_weak_keys_are_refused(masters: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 octets"):
        TokenKeys(masters)


@given(st.text(max_size=200))
def test_a_sealed_target_belongs_to_its_token_and_number(url: str) -> None:
    token, other = keys.mint_tracking(1, [2, 3])
    sealed = keys.seal_target(token, 4, url)
    assert keys.open_target(token, 4, sealed) == url
    assert keys.open_target(other, 4, sealed) is None
    assert keys.open_target(token, 5, sealed) is None
    assert set(sealed) <= URL_SAFE


@given(st.binary(min_size=16, max_size=32), ordinals)
def test_pseudonyms_are_stable_fit_a_token_and_are_nobody_never(secret: bytes, ordinal: int) -> None:
    found = pseudonym(secret, ordinal)
    assert 1 <= found <= MAX_SUBJECT
    assert pseudonym(secret, ordinal) == found


def test_pseudonyms_of_two_deliveries_have_nothing_in_common() -> None:
    ordinals_of_one = {pseudonym(b"one" * 8, each) for each in range(1_000)}
    ordinals_of_other = {pseudonym(b"two" * 8, each) for each in range(1_000)}
    assert len(ordinals_of_one) == 1_000
    assert not ordinals_of_one & ordinals_of_other
