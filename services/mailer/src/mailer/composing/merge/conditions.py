"""Comparisons of the merge language.

As in Liquid, except that a column holds text: beside a number it is compared as the number it spells. Liquid
would raise there (`AGE > 18`) or call them different (`"18" == 18`), and neither is what an author means.
"""

from enum import Enum

from mailer.composing.merge.filters import as_number
from mailer.composing.merge.program import Value, as_text


class Special(Enum):
    """Literals that only mean something beside `==`."""

    EMPTY = "empty"
    BLANK = "blank"


Operand = Value | Special


def is_truthy(value: Operand) -> bool:
    """Everything but nil and false, zero and the empty text included."""
    return value is not None and value is not False


def equal(left: Operand, right: Operand) -> bool:
    """`left == right`."""
    if isinstance(right, Special):
        left, right = right, left
    if isinstance(left, Special) or isinstance(right, Special):
        return isinstance(left, Special) and _is_special(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if _mixed(left, right):
        first, second = as_number(left), as_number(right)
        return first is not None and first == second
    return left == right


def less(left: Operand, right: Operand) -> bool:
    """`left < right`; false for what cannot be ordered."""
    if isinstance(left, Special | bool) or isinstance(right, Special | bool):
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    first, second = as_number(left), as_number(right)
    return first is not None and second is not None and first < second


def less_or_equal(left: Operand, right: Operand) -> bool:
    """`left <= right`; false for what cannot be ordered."""
    if isinstance(left, Special | bool) or isinstance(right, Special | bool):
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left <= right
    first, second = as_number(left), as_number(right)
    return first is not None and second is not None and first <= second


def contains(left: Operand, right: Operand) -> bool:
    """`left contains right`, on text."""
    if not isinstance(left, str) or isinstance(right, Special) or not is_truthy(right):
        return False
    return ("True" if right is True else as_text(right)) in left


def _mixed(left: Value, right: Value) -> bool:
    return isinstance(left, str) != isinstance(right, str) and left is not None and right is not None


def _is_special(special: Special, other: Operand) -> bool:
    if isinstance(other, Special):
        return special is other
    if not isinstance(other, str):
        return False
    return not other or (special is Special.BLANK and other.isspace())
