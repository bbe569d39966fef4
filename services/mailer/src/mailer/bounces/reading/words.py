"""Words out of parts: what stands in HTML, and addresses in text."""

import html
import re

_HIDDEN = re.compile(r"<(?:(style|script|title)\b|!--)", re.IGNORECASE)
_BREAK = re.compile(
    r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|hr|/?ul|/?pre|/?blockquote)\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAG = re.compile(r"<(?!mailto:)[/!]?[a-z][^<>@]{0,2000}>|</?[a-z][a-z0-9]*\s[^<>]{0,2000}>", re.IGNORECASE)
_NO_LETTER = re.compile(r"&#0*[0-9]{8,};?")
"""A number beyond all letters, which may be too long to be read as one."""
_MAX_HTML = 128 * 1024
LOCAL = r"[^\s<>()\[\],;:\"'@\\|]{1,120}"
DOMAIN = r"(?:[^\s<>()\[\],;:\"'@\\/|=?!&*]{1,253}|\[[0-9a-fA-F.:]{3,45}\])"
ADDRESS = rf"(?:\"[^\"\n@]{{1,64}}\"|{LOCAL})@{DOMAIN}"
ADDRESS_PATTERN = re.compile(ADDRESS)
_PLAIN = re.compile(ADDRESS + r"\Z")
_X400 = re.compile(r"(?:smtp|SMTP)[=:]([^\s@;]{1,120}@[^\s;>)\]]{1,253})")


_UNSPACED = r"\u2018-\u201f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
_WRITTEN_BEFORE = re.compile(rf"^.*[{_UNSPACED}](?=[!-~]+$)", re.DOTALL)
"""Words that run into an address, in languages that leave no blanks."""
_WRITTEN_BEHIND = re.compile(rf"^([!-~]+\.[A-Za-z][A-Za-z0-9-]*)\.?[{_UNSPACED}].*$", re.DOTALL)


def from_html(text: str) -> str:
    """The words of an HTML text, one line a block."""
    plain = _without_hidden(text[:_MAX_HTML].replace("\n", " "))
    plain = _NO_LETTER.sub("\ufffd", _TAG.sub("", _BREAK.sub("\n", plain)))
    return "\n".join(" ".join(line.split()) for line in html.unescape(plain).split("\n"))


def _without_hidden(text: str) -> str:
    """Without styles, scripts and comments. Each is looked for once: what is never closed hides the rest."""
    lower = text.lower()
    kept: list[str] = []
    position = 0
    while (match := _HIDDEN.search(text, position)) is not None:
        kept.append(text[position : match.start()])
        name = match.group(1)
        closing = f"</{name.lower()}" if name else "-->"
        end = lower.find(closing, match.end())
        if end < 0:
            return " ".join(kept)
        position = end if name else end + len(closing)
    kept.append(text[position:])
    return " ".join(kept)


def address_in(text: str) -> str | None:
    """The address in a field or a line: `"Ann" <ann@example.org>`, `rfc822; ann@example.org`, `ann@example.org`."""
    said = text[:2_000]
    for match in ADDRESS_PATTERN.finditer(said):
        found = cleaned(match.group())
        if found is not None:
            return found
    return None


def addresses_in(text: str, limit: int = 50) -> list[str]:
    """The addresses in a text, each once, in order."""
    found: dict[str, None] = {}
    for match in ADDRESS_PATTERN.finditer(text[:20_000]):
        address = cleaned(match.group())
        if address is not None:
            found.setdefault(address)
            if len(found) >= limit:
                break
    return list(found)


def cleaned(address: str) -> str | None:
    """An address without what a sentence puts around it, or None when it is none."""
    text = address.strip("<>()[]{}'\"`*=. \t")
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if text.lower().startswith(("smtp=", "to=", "rcpt=")):
        text = text.partition("=")[2]
    local, at, domain = text.rpartition("@")
    local = _WRITTEN_BEFORE.sub("", local)
    domain = _WRITTEN_BEHIND.sub(r"\1", domain)
    domain = domain.rstrip(".-_!?>:,")
    if not at or not local or not domain or ".." in domain or domain.startswith("."):
        return None
    return f"{local}@{domain}"
