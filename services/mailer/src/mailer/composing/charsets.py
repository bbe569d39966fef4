"""The charset of a message: what was chosen for the job, as far as its text fits in."""

from typing import get_args

from common.contracts.charset import Charset

UTF_8 = "utf-8"
_IN_ORDER = [each for each in get_args(Charset) if each == "us-ascii" or each.startswith("iso-8859-")]
"""What `auto` tries: the smallest first, of those alike the lowest number."""


def chosen(asked: str, text: str) -> str:
    """The charset a job's own text is sent in: the one asked for when all of it fits in, else UTF-8."""
    candidates = _IN_ORDER if asked == "auto" else [asked]
    return next((charset for charset in candidates if fits(text, charset)), UTF_8)


def fits(text: str, charset: str) -> bool:
    """Whether every character of `text` is in the charset."""
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        # A lone surrogate is in no charset; UTF-8 sends a question mark for it.
        return charset == UTF_8
    return True
