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
_FORMS = {octet: f"={octet:02X}" for octet in range(256) if not 32 <= octet <= 126 or octet == ord("=")}
del _FORMS[ord("\t")]
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
    text = line.decode("latin-1").translate(_FORMS)
    if not is_open and text[-1:] in {" ", "\t"}:
        text = text[:-1] + ("=20" if text[-1] == " " else "=09")
    out: list[str] = []
    at = 0
    while at < len(text):
        width = _WIDTH
        first = "=2E" if text[at] == "." else "=46" if text.startswith("From ", at) else ""
        if first:
            at, width = at + 1, width - len(first)
        end = at + width
        if end < len(text):
            # No escape is split.
            end -= 1 if text[end - 1] == "=" else 2 if text[end - 2] == "=" else 0
        out.append(first + text[at:end])
        at = end
    return SOFT.join(out)


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
