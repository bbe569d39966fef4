"""One linear pass over a source that finds the Liquid in it, before any parser sees it.

It refuses what the parser behind it would handle slowly or not at all: unclosed delimiters, tags outside the
allow-list, overlong tags. So the parser's regular expressions only meet input on which they are linear.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from mailer.composing.errors import ContentFaulty, Finding, Part

MAX_SOURCE = 256 * 1024
MAX_TAG = 2_000
ALLOWED_TAGS = frozenset(
    {"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase"}
    | {"comment", "endcomment", "raw", "endraw", "assign", "#"},
)
_BLOCKS = frozenset({"if", "unless", "case"})
_TAG_NAME = re.compile(r"\{%-?\s*(#|\w*)")
_OPENING = re.compile(r"\{[{%]")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of Liquid, delimiters included; a comment is one span from its tag to its end tag."""

    start: int
    end: int
    kind: Literal["output", "tag", "comment"]


def scan(source: str, part: Part) -> list[Span]:
    """The Liquid spans of `source` in order. Raises ContentFaulty."""
    if len(source) > MAX_SOURCE:
        raise ContentFaulty([Finding(part, 1, 1, f"the content is longer than {MAX_SOURCE // 1024} KB")])
    return list(_Scanner(source, part).spans())


def unclosed_block(source: str, spans: Sequence[Span]) -> tuple[int, str] | None:
    """Where the innermost block starts that is never closed, and its name; None when all are."""
    opened: list[tuple[int, str]] = []
    for span in spans:
        match = _TAG_NAME.match(source, span.start)
        name = match.group(1) if match and span.kind == "tag" else ""
        if name in _BLOCKS:
            opened.append((span.start, name))
        elif name.startswith("end") and name[3:] in _BLOCKS and opened:
            opened.pop()
    return opened[-1] if opened else None


class _Scanner:
    def __init__(self, source: str, part: Part) -> None:
        self._source = source
        self._part = part

    def spans(self) -> Iterator[Span]:
        at = 0
        comment_start, depth = 0, 0
        while (start := self._next(at)) >= 0:
            name, at = self._closed(start)
            if name == "raw":
                yield from self._outside_comment(depth, Span(start, at, "tag"))
                at, end_tag = self._end_of_raw(start, at)
                yield from self._outside_comment(depth, end_tag)
            elif name == "comment":
                comment_start = comment_start if depth else start
                depth += 1
            elif name == "endcomment" and depth:
                depth -= 1
                if not depth:
                    yield Span(comment_start, at, "comment")
            elif not depth:
                yield self._known(start, at, name)
        if depth:
            self._refuse(comment_start, "this comment is never closed")

    def _next(self, at: int) -> int:
        match = _OPENING.search(self._source, at)
        return match.start() if match else -1

    def _closed(self, start: int) -> tuple[str | None, int]:
        """The tag's name (None for an output) and where the construct ends."""
        is_output = self._source.startswith("{{", start)
        end = self._source.find("}}" if is_output else "%}", start + 2, start + MAX_TAG)
        if end < 0:
            self._refuse(start, f"'{self._source[start : start + 2]}' is not closed within {MAX_TAG} characters")
        if is_output:
            return None, end + 2
        match = _TAG_NAME.match(self._source, start)
        name = match.group(1) if match else ""
        if name == "doc":
            self._refuse(start, "the tag 'doc' is not part of the merge language")
        return name, end + 2

    def _end_of_raw(self, start: int, at: int) -> tuple[int, Span]:
        end = _END_RAW.search(self._source, at)
        if end is None:
            self._refuse(start, "'raw' is never closed by 'endraw'")
        return end.end(), Span(end.start(), end.end(), "tag")

    @staticmethod
    def _outside_comment(depth: int, span: Span) -> Iterator[Span]:
        if not depth:
            yield span

    def _known(self, start: int, end: int, name: str | None) -> Span:
        if name is not None and name not in ALLOWED_TAGS:
            self._refuse(start, f"the tag '{name}' is not part of the merge language" if name else "a tag needs a name")
        return Span(start, end, "output" if name is None else "tag")

    def _refuse(self, offset: int, detail: str) -> NoReturn:
        raise ContentFaulty([Finding.at(self._part, self._source, offset, detail)])


def decode_entities_in_liquid(source: str, part: Part) -> str:
    """`source` with HTML entities inside Liquid decoded, as rich text editors escape there too.

    The length of every span is kept (blanks go before its end), so positions in messages stay right.
    """
    if "&" not in source:
        return source
    pieces: list[str] = []
    at = 0
    for span in scan(source, part):
        inner = source[span.start : span.end]
        if span.kind == "comment" or "&" not in inner:
            continue
        decoded = html.unescape(inner)
        tail = 3 if decoded[-3] == "-" else 2
        padding = " " * (len(inner) - len(decoded))
        pieces += (source[at : span.start], decoded[:-tail], padding, decoded[-tail:])
        at = span.end
    return "".join([*pieces, source[at:]])
