"""Quoted-printable (RFC 2045, 6.7) in pieces that can be joined in any order.

Every piece starts at the beginning of a line and ends there: in a soft break unless it ends in a hard one. So
constants are encoded once, values apart from them, and no line passes 76 columns. A dot or `From ` at the start of
a line is encoded, which leaves nothing to stuff on the wire and nothing for a mailbox file to quote.
"""

import html
import re
from functools import lru_cache

_SAFE = re.compile(r"(?!From |\.)[!-<>-~][ -<>-~]{0,69}")
"""A value that is its own encoding in every charset; it must not start with a blank or a dot."""
_SAFE_IN_HTML = re.compile(r"(?!From |\.)[!#-%(-;?-~][ !#-%(-;?-~]{0,69}")
SOFT = "=\r\n"
_WIDTH = 73
"""With one escape more and the soft break's `=` a line still has at most 76 columns."""
_TABLE = [chr(octet) if 33 <= octet <= 126 and octet != 61 else f"={octet:02X}" for octet in range(256)]
_TABLE[32], _TABLE[9] = " ", "\t"
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CACHED_VALUES = 32_768
_CACHED_LENGTH = 100


def octets_of(text: str, charset: str) -> bytes:
    """`text` in a charset. Raises UnicodeEncodeError, except for UTF-8, which takes everything."""
    return text.encode(charset, "replace" if charset == "utf-8" else "strict")


def encode(text: str, charset: str = "utf-8") -> str:
    """One piece: any text, its line breaks becoming CRLF. Raises UnicodeEncodeError."""
    if not text:
        return ""
    lines = _NEWLINE.split(text)
    encoded = [_line(octets_of(line, charset), is_open=False) + "\r\n" for line in lines[:-1]]
    if lines[-1]:
        encoded.append(_line(octets_of(lines[-1], charset), is_open=True) + SOFT)
    return "".join(encoded)


def _line(line: bytes, *, is_open: bool) -> str:
    """A line without its end; an open one goes on in the next piece, so its last blank is not in danger."""
    octets = [_TABLE[octet] for octet in line]
    if octets and octets[-1] in {" ", "\t"} and not is_open:
        octets[-1] = "=20" if octets[-1] == " " else "=09"
    out: list[str] = []
    width = 0
    for position, octet in enumerate(octets):
        if width + len(octet) > _WIDTH:
            out.append(SOFT)
            width = 0
        shown = octet
        if not width:
            if octet == ".":
                shown = "=2E"
            elif octet == "F" and octets[position : position + 5] == ["F", "r", "o", "m", " "]:
                shown = "=46"
        out.append(shown)
        width += len(shown)
    return "".join(out)


class Values(dict[str, tuple[str, str]]):
    """A value's encoded forms in one charset, for text and for HTML, made when they are first asked for.

    Short ones are remembered, as towns and salutations repeat. Asking for one raises UnicodeEncodeError when it is
    not in the charset.
    """

    def __init__(self, charset: str) -> None:
        super().__init__()
        self._charset = charset

    def __missing__(self, text: str) -> tuple[str, str]:
        if _SAFE_IN_HTML.fullmatch(text):
            form = text + SOFT
            forms = form, form
        else:
            forms = self.in_text(text), self.in_html(text)
        if len(text) <= _CACHED_LENGTH:
            if len(self) >= _CACHED_VALUES:
                self.clear()
            self[text] = forms
        return forms

    def in_text(self, text: str) -> str:
        """A value in a text part, or one already escaped. Raises UnicodeEncodeError."""
        return text + SOFT if _SAFE.fullmatch(text) else encode(text, self._charset)

    def in_html(self, text: str) -> str:
        """A value in an HTML part. Raises UnicodeEncodeError."""
        return text + SOFT if _SAFE_IN_HTML.fullmatch(text) else encode(html.escape(text), self._charset)


@lru_cache(maxsize=16)
def values_in(charset: str) -> Values:
    """The process's one memory of a charset, whichever deliveries it is shared by."""
    return Values(charset)
