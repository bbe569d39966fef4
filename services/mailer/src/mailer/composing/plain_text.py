"""The text part: finding links in what an author wrote, and writing one from the HTML part."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from mailer.composing.links import Place
from mailer.composing.markup import Edit, mask
from mailer.composing.merge import decode_entities_in_liquid, scan

_URL = re.compile(r"https?://[^\s<>\"'\u00ab\u00bb\u201c\u201d]+", re.IGNORECASE)
_TRAILING = ".,;:!?"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MARK = re.compile("\ue000([0-9]+)\ue001")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SKIPPED = frozenset({"head", "style", "script", "title", "template", "noscript"})
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "pre", "section", "article"}
)
_LINES = frozenset({"div", "tr", "li", "dt", "dd", "header", "footer", "main", "form", "center", "tbody", "thead"})
_RAW_TAG = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text part taken apart; `edits` are its links."""

    source: str
    edits: tuple[Edit, ...]

    @property
    def places(self) -> list[Place]:
        """The links in order."""
        return [edit.place for edit in self.edits if edit.place is not None]


def read_text(source: str) -> Text:
    """Find the links of a text part. Raises ContentFaulty when its Liquid is broken."""
    masked = mask(source, scan(source, "text"))
    edits = []
    for match in _URL.finditer(masked):
        end = match.start() + len(_without_punctuation(match.group()))
        edits.append(Edit(match.start(), end, Place("text", source[match.start() : end])))
    return Text(source, tuple(edits))


def _without_punctuation(url: str) -> str:
    while url:
        last = url[-1]
        unbalanced = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unbalanced:
            break
        url = url[:-1]
    return url


def text_alternative(written: str) -> str:
    """A text part for an HTML part: its Liquid in order, its links as `<address>` behind their text.

    Raises ContentFaulty when the Liquid of the HTML part is broken.
    """
    source = decode_entities_in_liquid(written, "html")
    pieces: list[str] = []
    at = 0
    spans = scan(source, "html")
    for number, span in enumerate(spans):
        is_dropped = span.kind == "comment" or _RAW_TAG.match(source, span.start)
        pieces += (source[at : span.start], "" if is_dropped else f"\ue000{number}\ue001")
        at = span.end
    writer = _Writer()
    writer.feed("".join([*pieces, source[at:]]))
    writer.close()
    originals = [source[span.start : span.end] for span in spans]
    return _MARK.sub(lambda match: originals[int(match.group(1))], writer.result())


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._skipping = 0
        self._preformatted = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def result(self) -> str:
        """Everything written so far, blank lines collapsed, ending in one line break."""
        lines = [line.strip() for line in "".join(self._out).split("\n")]
        text = "\n".join(lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the tag stands for in text."""
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag == "a":
            self._links.append((values.get("href", ""), len(self._out)))
        elif tag == "img":
            self._write(_BLANKS.sub(" ", values.get("alt", "")))
        elif tag == "br":
            self._write("\n")
        elif tag == "hr":
            self._write("\n\n" + "-" * 40 + "\n\n")
        elif tag in {"td", "th"}:
            self._write(" ")
        else:
            self._block(tag)

    def _block(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._write("\n\n")
        elif tag in _LINES:
            self._fresh_line()
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "li":
            self._item()

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._write("- ")
            return
        self._lists[-1] = number + 1
        self._write(f"{number + 1}. ")

    def handle_endtag(self, tag: str) -> None:
        """End what the tag stands for in text."""
        if tag in _SKIPPED:
            self._skipping = max(self._skipping - 1, 0)
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in _PARAGRAPHS:
            self._write("\n\n")
        elif tag in _LINES:
            self._fresh_line()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._preformatted = max(self._preformatted - 1, 0)

    def _end_link(self, address: str, start: int) -> None:
        url = "".join(address.split())
        label = "".join(self._out[start:]).strip()
        if not url or url.startswith("#"):
            return
        shown = url.removeprefix("mailto:").removeprefix("tel:")
        if label == shown:
            return
        self._write(f" <{shown}>" if label else shown)

    def handle_data(self, data: str) -> None:
        """Text between tags; what only looks like Liquid after decoding is kept literal."""
        text = data if self._preformatted else _BLANKS.sub(" ", data)
        if self._out and self._out[-1].endswith(("\n", " ")) and not self._preformatted:
            text = text.removeprefix(" ")
        if "{{" in text or "{%" in text:
            text = "{% raw %}" + text + "{% endraw %}"
        self._write(text)

    def _fresh_line(self) -> None:
        if self._out and not self._out[-1].endswith("\n"):
            self._write("\n")

    def _write(self, text: str) -> None:
        if text and not self._skipping:
            self._out.append(text)
