"""Headers by an emitter of our own: CRLF, at most 998 octets a line, RFC 2047 only where it is allowed.

The library's emitter writes a long `List-Unsubscribe` as encoded words, which no mail program reads as an address.
"""

import base64
import re

from mailer.composing.errors import MergeFailed

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PRINTABLE = re.compile(r"[ -~]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_WIDTH = 76
_LONGEST = 900
_CHUNK = 39
"""Octets in one encoded word, so that with the longest header name it stays within 75 columns (RFC 2047, 2)."""


def line(name: str, value: str) -> str:
    """A header whose value is ready; folded at blanks only, so no token is ever broken."""
    out, width = [f"{name}:"], len(name) + 1
    for word in value.split(" "):
        if width + 1 + len(word) > _WIDTH and len(out) > 1:
            out.append(f"\r\n {word}")
            width = 1 + len(word)
        else:
            out.append(f" {word}")
            width += 1 + len(word)
    return "".join([*out, "\r\n"])


def unstructured(name: str, text: str) -> str:
    """A header of free text, such as `Subject`. Raises MergeFailed on a line break or another control character."""
    value = clean(text, name)
    if _PRINTABLE.fullmatch(value) and "=?" not in value and all(len(word) < _LONGEST for word in value.split(" ")):
        return line(name, value)
    return line(name, encoded_words(value))


def mailbox(name: str | None, address: str) -> str:
    """`phrase <address>`, or the address alone when there is no name."""
    if not name or not name.strip():
        return address
    return f"{phrase(name)} <{address}>"


def phrase(text: str) -> str:
    """A display name (RFC 5322, 3.2.5). Raises MergeFailed on a control character."""
    value = clean(text, "a name")
    if len(value) < _LONGEST and "=?" not in value:
        if _ATOMS.fullmatch(value) and "  " not in value:
            return value
        if _PRINTABLE.fullmatch(value) and "  " not in value:
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return encoded_words(value)


def encoded_words(text: str) -> str:
    """RFC 2047 encoded words, no character split between two."""
    words: list[str] = []
    chunk = b""
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(chunk) + len(octets) > _CHUNK:
            words.append(_word(chunk))
            chunk = b""
        chunk += octets
    return " ".join([*words, _word(chunk)])


def _word(octets: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(octets).decode()}?="


def clean(text: str, where: str) -> str:
    """`text` without blanks around it. Raises MergeFailed when it could end a header line."""
    value = text.strip(" ")
    if _CONTROL.search(value):
        raise MergeFailed(f"a merge value puts a line break or another control character into {where}")
    return value
