"""Quoted-printable (RFC 2045, 6.7) in pieces that can be joined in any order.

Every piece starts at the beginning of a line and ends there: in a soft break unless it ends in a hard one. So
constants are encoded once, values apart from them, and no line passes 76 columns. A dot or `From ` at the start of
a line is encoded, which leaves nothing to stuff on the wire and nothing for a mailbox file to quote.
"""

import html
import re
from collections.abc import Callable

_SAFE = re.compile(r"(?!From )[!-<>-~][ -<>-~]{0,69}")
"""A value that is its own encoding; it must not start with a blank or a dot."""
_SAFE_IN_HTML = re.compile(r"(?!From )[!#-%(-;?-~][ !#-%(-;?-~]{0,69}")
_SOFT = "=\r\n"
_WIDTH = 73
"""With one escape more and the soft break's `=` a line still has at most 76 columns."""
_TABLE = [chr(octet) if 33 <= octet <= 126 and octet != 61 else f"={octet:02X}" for octet in range(256)]
_TABLE[32], _TABLE[9] = " ", "\t"
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CACHED_VALUES = 65_536
_CACHED_LENGTH = 100


def encode(text: str) -> str:
    """One piece: any text, its line breaks becoming CRLF."""
    if not text:
        return ""
    lines = _NEWLINE.split(text)
    encoded = [_line(line) + "\r\n" for line in lines[:-1]]
    if lines[-1]:
        encoded.append(_line(lines[-1], is_open=True) + _SOFT)
    return "".join(encoded)


def _line(line: str, *, is_open: bool = False) -> str:
    """A line without its end; an open one goes on in the next piece, so its last blank is not in danger."""
    octets = [_TABLE[octet] for octet in line.encode("utf-8", "replace")]
    if octets and octets[-1] in {" ", "\t"} and not is_open:
        octets[-1] = "=20" if octets[-1] == " " else "=09"
    out: list[str] = []
    width = 0
    for position, octet in enumerate(octets):
        if width + len(octet) > _WIDTH:
            out.append(_SOFT)
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


def encode_slot(text: str) -> str:
    """A merge value in a text part, or one already escaped."""
    if _SAFE.fullmatch(text) and text[0] != ".":
        return text + _SOFT
    return encode(text)


def encode_html_slot(text: str) -> str:
    """A merge value in an HTML part."""
    if _SAFE_IN_HTML.fullmatch(text) and text[0] != ".":
        return text + _SOFT
    return encode(html.escape(text))


class Cached:
    """An encoder that remembers short values: columns like a town or a salutation repeat."""

    def __init__(self, encoder: Callable[[str], str]) -> None:
        self._encoder = encoder
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """What the encoder makes of `text`."""
        known = self._known.get(text)
        if known is not None:
            return known
        encoded = self._encoder(text)
        if len(text) <= _CACHED_LENGTH:
            if len(self._known) >= _CACHED_VALUES:
                self._known.clear()
            self._known[text] = encoded
        return encoded
