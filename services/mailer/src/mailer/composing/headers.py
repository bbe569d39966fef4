"""Headers by an emitter of our own: CRLF, at most 998 octets a line, RFC 2047 only where it is allowed.

The library's emitter writes a long `List-Unsubscribe` as encoded words, which no mail program reads as an address.
"""

import re
from binascii import b2a_base64

from mailer.composing.errors import MergeFailed

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PRINTABLE = re.compile(r"[ -~]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_SHORT = re.compile(r"[!-~](?:[ !-~]{0,58}[!-~])?")
_WIDTH = 76
_REMEMBERED = 16_384
_known_phrases: dict[str, str] = {}
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
    if _SHORT.fullmatch(text) and "=?" not in text:
        return f"{name}: {text}\r\n"
    value = clean(text, name)
    if _PRINTABLE.fullmatch(value) and "=?" not in value and all(len(word) < _LONGEST for word in value.split(" ")):
        return line(name, value)
    words = encoded_words(value)
    if len(name) + 2 + len(words) <= _WIDTH:
        return f"{name}: {words}\r\n"
    return line(name, words)


def mailbox(name: str | None, address: str) -> str:
    """`phrase <address>`, or the address alone when there is no name."""
    if not name or not name.strip():
        return address
    return f"{phrase(name)} <{address}>"


def to(name: str | None, address: str) -> str:
    """The header line of a recipient; names are remembered as they are written."""
    if not name:
        return f"To: {address}\r\n"
    shown = _known_phrases.get(name)
    if shown is None:
        shown = phrase(name) if name.strip() else ""
        if len(_known_phrases) >= _REMEMBERED:
            _known_phrases.clear()
        if len(name) <= _WIDTH:
            _known_phrases[name] = shown
    if len(shown) + len(address) < _WIDTH - 8:
        return f"To: {shown} <{address}>\r\n" if shown else f"To: {address}\r\n"
    return line("To", f"{shown} <{address}>" if shown else address)


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
    octets = text.encode("utf-8", "replace")
    if len(octets) <= _CHUNK:
        return f"=?utf-8?b?{b2a_base64(octets, newline=False).decode('ascii')}?="
    words: list[str] = []
    at = 0
    while at < len(octets) or not words:
        end = at + _CHUNK
        # Octets 10xxxxxx go on with a character.
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        words.append(f"=?utf-8?b?{b2a_base64(octets[at:end], newline=False).decode('ascii')}?=")
        at = end
    return " ".join(words)


def clean(text: str, where: str) -> str:
    """`text` without blanks around it. Raises MergeFailed when it could end a header line."""
    value = text.strip(" ")
    if _CONTROL.search(value):
        raise MergeFailed(f"a merge value puts a line break or another control character into {where}")
    return value
