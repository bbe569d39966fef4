"""The filters of the merge language. Each is total: any value in, a bounded value out, the same every time.

`replace`, `split`, arithmetic and everything that reads a clock are left out on purpose: they amplify, fail on
text, or would make the second attempt's bytes differ from the first's.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from mailer.composing.errors import MergeFailed
from mailer.composing.merge.program import Value, as_text

MAX_VALUE = 1024 * 1024
"""Characters of one value at any point; without it `append` could double a value at every step."""
_DIRECTIVES = re.compile(r"%(?!(?:-?[dmHIjMSy]|[aAbBYpeFTDR%]))")
"""A date directive outside the ones that give the same text on every machine."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter and the number of arguments it takes."""

    apply: Callable[..., Value]
    least: int = 0
    most: int = 0
    escapes: bool = False
    """Its result is ready for HTML or a URL and is not escaped again."""


def bounded(value: Value) -> Value:
    """The value itself. Raises MergeFailed when it is longer than MAX_VALUE."""
    if isinstance(value, str) and len(value) > MAX_VALUE:
        raise MergeFailed("a merge value grows beyond 1 MB")
    return value


def as_number(value: Value) -> int | float | None:
    """The number a value is or spells, else None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return value
    if len(value) > 40:
        return None
    try:
        return int(value)
    except ValueError:
        pass
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number - number == 0 else None  # neither infinite nor NaN


def _default(value: Value, fallback: Value = "") -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return fallback if value in (None, False, "") else value


def _truncate(value: Value, length: Value = 50, end: Value = "...") -> Value:
    text, limit, tail = as_text(value), int(as_number(length) or 0), as_text(end)
    return text if len(text) <= limit else text[: max(limit - len(tail), 0)] + tail


def _truncate_words(value: Value, count: Value = 15, end: Value = "...") -> Value:
    words, limit = as_text(value).split(), max(int(as_number(count) or 0), 1)
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]) + as_text(end)


def _date(value: Value, pattern: Value) -> Value:
    text, form = as_text(value), as_text(pattern)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text  # what is no date is printed as it stands, as Liquid does
    if _DIRECTIVES.search(form):
        raise MergeFailed("a date pattern uses a directive that is not allowed")
    return moment.strftime(form)


def _escape_once(value: Value) -> Value:
    return html.escape(html.unescape(as_text(value)))


FILTERS: dict[str, Filter] = {
    "append": Filter(lambda value, tail: as_text(value) + as_text(tail), 1, 1),
    "capitalize": Filter(lambda value: as_text(value).capitalize()),
    "date": Filter(_date, 1, 1),
    "default": Filter(_default, 0, 1),
    "downcase": Filter(lambda value: as_text(value).lower()),
    "escape": Filter(lambda value: html.escape(as_text(value)), escapes=True),
    "escape_once": Filter(_escape_once, escapes=True),
    "lstrip": Filter(lambda value: as_text(value).lstrip()),
    "prepend": Filter(lambda value, head: as_text(head) + as_text(value), 1, 1),
    "rstrip": Filter(lambda value: as_text(value).rstrip()),
    "size": Filter(lambda value: len(value) if isinstance(value, str) else 0),
    "strip": Filter(lambda value: as_text(value).strip()),
    "truncate": Filter(_truncate, 0, 2),
    "truncatewords": Filter(_truncate_words, 0, 2),
    "upcase": Filter(lambda value: as_text(value).upper()),
    "url_encode": Filter(lambda value: quote_plus(as_text(value), errors="replace"), escapes=True),
}
