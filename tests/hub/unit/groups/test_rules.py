import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts.problem import Invalid
from hub.groups.rules import clean_name, name_key


@pytest.mark.parametrize("other", ["MARKETING", "marketing", " Marketing ", "\uff2darketing"])
def test_case_width_and_outer_spaces_do_not_tell_names_apart(other: str) -> None:
    assert name_key(other) == name_key("Marketing")


def test_sharp_s_and_double_s_are_one_name() -> None:
    assert name_key("Strauß") == name_key("STRAUSS")


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "a\tb", "a\u200bb", "a\u2028b", "a\u00a0b", "\u202eabc"])
def test_names_that_are_empty_endless_or_not_visible_are_refused(name: str) -> None:
    with pytest.raises(Invalid):
        clean_name(name, pointer="/name")


@given(st.text(max_size=80))
def test_a_clean_name_is_clean_and_keeps_its_key(name: str) -> None:
    try:
        cleaned = clean_name(name, pointer="/name")
    except Invalid:
        return
    assert clean_name(cleaned, pointer="/name") == cleaned
    assert name_key(cleaned) == name_key(name)
    assert name_key(cleaned)
