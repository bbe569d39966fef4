"""The charset of a message: what was chosen for the job, as far as its text fits in."""

from typing import Literal, get_args

Charset = Literal[
    "us-ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "iso-8859-15",
    "utf-8",
    "gb2312",
    "big5",
    "iso-2022-jp",
    "iso-2022-kr",
    "auto",
]
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
