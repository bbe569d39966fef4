"""Links of a message: what may be linked to, which are tracked, and the numbers they get."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from mailer.composing.errors import MergeFailed
from mailer.composing.merge import UNSUBSCRIBE_URL, Kind, Program, Scope, run, scan
from mailer.composing.merge.program import Op

LinkPart = Literal["html", "text"]
TRACKABLE = frozenset({"http", "https"})
ALLOWED = TRACKABLE | {"mailto", "tel", "sms"}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers drop these inside an address before they look at its scheme.
_IGNORED = re.compile(r"[\x00-\x20]+")
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_UNSUBSCRIBE = re.compile(r"\{\{-?\s*" + UNSUBSCRIBE_URL + r"\s*-?\}\}")
_WHOLE_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Link:
    """One tracked target in one part under one alias; every place that shares the three shares the number."""

    number: int
    part: LinkPart
    url: str
    """The target, or its template when personal."""
    alias: str | None
    personal: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part links to, before it is known whether that is tracked."""

    part: LinkPart
    url: str
    """As written, HTML entities decoded."""
    alias: str | None = None

    @property
    def is_personal(self) -> bool:
        """Whether the target holds merge fields."""
        return bool(scan(self.url, self.part))

    @property
    def is_trackable(self) -> bool:
        """Whether a redirect could stand in for it: a page, and not the recipient's way out."""
        if _UNSUBSCRIBE.search(self.url):
            return False
        scheme = scheme_of(self.url)
        return scheme in TRACKABLE or (scheme is None and self.url.startswith("{{"))


def cleaned(url: str) -> str:
    """An address without what browsers ignore in it: line breaks and blanks around."""
    return _LINE_BREAKS.sub("", url).strip()


def scheme_of(url: str) -> str | None:
    """The scheme in lower case as a browser would see it, or None."""
    match = _SCHEME.match(_IGNORED.sub("", url))
    return match.group(1).lower() if match else None


def objection(url: str) -> str | None:
    """Why an address must not be linked to, or None. One that starts with a merge field is judged when merged."""
    if not url or url.startswith(("#", "{{", "{%")):
        return None
    scheme = scheme_of(url)
    if scheme is None:
        return "a link must start with http://, https:// or mailto:"
    if scheme not in ALLOWED:
        return f"a link to '{scheme}:' is not allowed; use http, https or mailto"
    return None


def number_links(places: Iterable[Place]) -> list[Link]:
    """The tracked links in order of appearance, numbered from 1."""
    found: dict[tuple[str, str, str | None], Link] = {}
    for place in places:
        key = (place.part, place.url, place.alias)
        if place.is_trackable and key not in found:
            found[key] = Link(len(found) + 1, place.part, place.url, place.alias, place.is_personal)
    return list(found.values())


def address_of(program: Program) -> Callable[[Scope], str]:
    """A function that merges a link's address: values are percent-encoded, and what results is judged."""
    ops = tuple(_for_address(op, is_first=position == 0) for position, op in enumerate(program.ops))

    def merge(scope: Scope) -> str:
        out: list[str] = []
        run(ops, scope, out)
        url = "".join(out).strip()
        if not url or objection(url) is not None or url.startswith(("{{", "{%")):
            raise MergeFailed("the merged address of a link is not http(s) or mailto")
        return url

    return merge


def _for_address(op: Op, *, is_first: bool) -> Op:
    if op.kind is not Kind.SLOT or (op.is_escaped and not is_first):
        return op
    # At the very start the value is the address itself, not a piece of one.
    safe = _WHOLE_ADDRESS if is_first else ""
    return replace(op, encode=lambda text: quote(text, safe=safe, errors="replace"))
