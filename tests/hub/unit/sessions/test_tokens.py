import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sessions.tokens import (
    API_TOKEN_PREFIX,
    SESSION_TOKEN_PREFIX,
    hint,
    is_well_formed,
    new_api_token,
    new_session_token,
    token_hash,
)


def test_a_token_is_one_word_of_a_known_beginning() -> None:
    token = new_api_token()
    assert token.startswith("tutti_")
    assert set(token) <= set(string.ascii_letters + string.digits + "_")
    assert new_session_token().startswith("session_")


def test_no_two_tokens_are_alike() -> None:
    assert len({new_api_token() for _ in range(500)}) == 500


def test_kinds_do_not_pass_for_each_other() -> None:
    assert is_well_formed(new_api_token(), API_TOKEN_PREFIX)
    assert not is_well_formed(new_api_token(), SESSION_TOKEN_PREFIX)
    assert not is_well_formed(new_session_token(), API_TOKEN_PREFIX)


@given(st.integers(min_value=0, max_value=54), st.sampled_from(string.ascii_letters + string.digits))
def test_one_wrong_character_is_noticed_without_asking_anybody(position: int, character: str) -> None:
    token = new_api_token()
    spoiled = token[:position] + character + token[position + 1 :]
    assert is_well_formed(spoiled, API_TOKEN_PREFIX) is (spoiled == token)


@pytest.mark.parametrize("text", ["", "tutti_", "tutti_" + "é" * 49, "tutti_" + "a" * 48, "tutti_" + "a" * 5_000])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert not is_well_formed(text, API_TOKEN_PREFIX)


def test_what_is_stored_tells_neither_the_token_nor_more_than_its_end() -> None:
    token = new_api_token()
    assert len(token_hash(token)) == 32
    assert token.encode() not in token_hash(token)
    assert hint(token) == token[-4:]
