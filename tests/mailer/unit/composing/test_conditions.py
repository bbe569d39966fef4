"""Comparisons, one by one."""

from typing import Any

import pytest

from mailer.composing.merge.conditions import Special, contains, equal, is_truthy, less, less_or_equal

E, B = Special.EMPTY, Special.BLANK


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a", "a", True), ("a", "b", False), ("18", 18, True), (18, "18.0", True), ("x", 18, False), ("", 0, False),
        (1, 1.0, True), (True, True, True), (True, 1, False), ("true", True, False), (None, None, True),
        (None, "", False), ("", E, True), (E, "", True), (" ", E, False), (" ", B, True), (B, "x", False),
        (E, E, True), (E, B, False), (E, 3, False), (None, B, False), ("nan", 1, False), ("inf", 1, False),
        ("9" * 50, 9, False),
    ],
)  # fmt: skip
def test_equality(left: Any, right: Any, *, expected: bool) -> None:
    assert equal(left, right) is expected


@pytest.mark.parametrize(
    ("left", "right", "is_less", "is_less_or_equal"),
    [
        ("a", "b", True, True), ("b", "a", False, False), ("a", "a", False, True), ("9", "18", False, False),
        ("9", 18, True, True), (9, "9", False, True), ("x", 3, False, False), (None, 3, False, False),
        (True, 3, False, False), (E, "x", False, False), ("x", B, False, False), (2.5, 3, True, True),
    ],
)  # fmt: skip
def test_order(left: Any, right: Any, *, is_less: bool, is_less_or_equal: bool) -> None:
    assert less(left, right) is is_less
    assert less_or_equal(left, right) is is_less_or_equal


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("abc", "b", True), ("abc", "x", False), ("a1", 1, True), (None, "a", False), ("a", None, False), ("a", E, False)],
)
def test_containing(left: Any, right: Any, *, expected: bool) -> None:
    assert contains(left, right) is expected


def test_only_nil_and_false_are_not_true() -> None:
    assert [is_truthy(value) for value in ("", 0, "x", True, E, None, False)] == [True] * 5 + [False] * 2
