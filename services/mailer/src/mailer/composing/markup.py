"""HTML as its author wrote it: finding links and splicing slots in, every other octet untouched.

Liquid is masked by characters of the same number before the HTML parser looks, so offsets stay true and no tag,
attribute or table around a condition is moved.
"""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

from mailer.composing.errors import ContentFaulty, Finding
from mailer.composing.links import Place, cleaned, objection, scheme_of
from mailer.composing.merge import Span, decode_entities_in_liquid, scan

_MASK = "\ue000"
_ATTRIBUTE = re.compile(r"""([^\s/>=\x00]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_TAG_NAME = re.compile(r"<[a-zA-Z][^\s/>]*")
_OPENING = re.compile(r"<[a-zA-Z/!?]")
_ADDRESS_ATTRIBUTES = frozenset(
    {"src", "background", "action", "formaction", "poster", "data", "cite", "href", "xlink:href"}
)
_IN_IMAGES = frozenset({"http", "https", "cid", "data"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute in the source: its own span and its value's, quotes excluded."""

    name: str
    start: int
    end: int
    value_start: int
    value_end: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a stretch of the source: by a slot for `place`, or by nothing."""

    start: int
    end: int
    place: Place | None
    is_link: bool = True


@dataclass(frozen=True, slots=True)
class Html:
    """An HTML part taken apart."""

    source: str
    """With entities inside Liquid decoded; offsets refer to it."""
    edits: tuple[Edit, ...]
    warnings: tuple[str, ...]
    pixel_at: int
    """Where the pixel goes: before the last `</body>`, or at the end."""

    @property
    def places(self) -> list[Place]:
        """The links in order."""
        return [edit.place for edit in self.edits if edit.place is not None and edit.is_link]


def read_html(written: str) -> Html:
    """Take an HTML part apart. Raises ContentFaulty with every mistake found."""
    source = decode_entities_in_liquid(written, "html")
    spans = scan(source, "html")
    masked = mask(source, spans)
    _refuse_unclosed(source, masked)
    reader = _Reader(source, spans, masked)
    reader.feed(masked)
    reader.close()
    if reader.findings:
        raise ContentFaulty(reader.findings)
    body_end = masked.lower().rfind("</body")
    edits = tuple(sorted(reader.edits, key=lambda edit: edit.start))
    return Html(source, edits, tuple(dict.fromkeys(reader.warnings)), len(masked) if body_end < 0 else body_end)


def mask(source: str, spans: list[Span]) -> str:
    """`source` with every span of Liquid replaced by as many characters that mean nothing to HTML."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (source[at : span.start], _MASK * (span.end - span.start))
        at = span.end
    return "".join([*pieces, source[at:]])


def _refuse_unclosed(source: str, masked: str) -> None:
    """Unclosed comments and tags swallow the rest of a message, and cost a parser quadratic time."""
    comment = masked.rfind("<!--")
    if comment >= 0 and masked.find("-->", comment) < 0:
        raise ContentFaulty([Finding.at("html", source, comment, "this comment is never closed")])
    last = masked.rfind(">") + 1
    opening = _OPENING.search(masked, last)
    if opening:
        raise ContentFaulty([Finding.at("html", source, opening.start(), "this tag is never closed")])


class _Reader(HTMLParser):
    def __init__(self, source: str, spans: list[Span], masked: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._spans = spans
        self._span_starts = [span.start for span in spans]
        self._lines = [0, *accumulate(len(line) + 1 for line in masked.split("\n"))]
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []
        self.warnings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of a tag; their positions come from its text, which `attrs` does not give."""
        del attrs
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        attributes = self._attributes(start, self.get_starttag_text() or "")
        for attribute in attributes.values():
            self._check(tag, attribute, attributes)

    def _attributes(self, start: int, text: str) -> dict[str, Attribute]:
        found: dict[str, Attribute] = {}
        name = _TAG_NAME.match(text)
        for match in _ATTRIBUTE.finditer(text, name.end() if name else 0):
            value = match.group(2) or ""
            quotes = 1 if value[:1] in {'"', "'"} else 0
            value_start = start + (match.start(2) if match.group(2) else match.end()) + quotes
            value_end = value_start + len(value) - 2 * quotes
            attribute = Attribute(
                match.group(1).lower(), start + match.start(), start + match.end(), value_start, value_end, bool(quotes)
            )
            found.setdefault(attribute.name, attribute)
        return found

    def _check(self, tag: str, attribute: Attribute, attributes: dict[str, Attribute]) -> None:
        has_liquid = self._has_liquid(attribute)
        if has_liquid and not attribute.is_quoted and attribute.value_end > attribute.value_start:
            self._refuse(attribute, f"put the value of '{attribute.name}' in quotes; it holds merge fields")
        elif attribute.name == "href" and tag in {"a", "area"}:
            self._link(attribute, attributes.get("data-alias"))
        elif attribute.name in _ADDRESS_ATTRIBUTES:
            self._address(attribute, has_liquid=has_liquid)

    def _has_liquid(self, attribute: Attribute) -> bool:
        position = bisect_right(self._span_starts, attribute.value_end - 1) - 1
        return position >= 0 and self._spans[position].end > attribute.value_start

    def _value(self, attribute: Attribute) -> str:
        return cleaned(html.unescape(self._source[attribute.value_start : attribute.value_end]))

    def _link(self, attribute: Attribute, alias: Attribute | None) -> None:
        url = self._value(attribute)
        if not url:
            self.warnings.append("a link has no address")
        problem = objection(url)
        if problem:
            self._refuse(attribute, problem)
            return
        name = html.unescape(self._source[alias.value_start : alias.value_end]).strip() if alias else ""
        self.edits.append(Edit(attribute.value_start, attribute.value_end, Place("html", url, name or None)))
        if alias:
            blank = self._source[alias.start - 1].isspace()
            self.edits.append(Edit(alias.start - blank, alias.end, None))

    def _address(self, attribute: Attribute, *, has_liquid: bool) -> None:
        url = self._value(attribute)
        scheme = scheme_of(url)
        if scheme is not None and scheme not in _IN_IMAGES:
            self._refuse(attribute, f"an address with '{scheme}:' is not allowed here")
        elif has_liquid:
            self.edits.append(Edit(attribute.value_start, attribute.value_end, Place("html", url), is_link=False))
            self.warnings.append("an image address holds merge fields, so loading it tells who opened the message")
        elif scheme is None and attribute.name == "src":
            self.warnings.append("an image address is not absolute, so mail programs cannot load it")

    def _refuse(self, attribute: Attribute, detail: str) -> None:
        self.findings.append(Finding.at("html", self._source, attribute.value_start, detail))
