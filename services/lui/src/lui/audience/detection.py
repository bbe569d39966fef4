"""What an uploaded file most likely is: refused when no text, else its encoding, separator, quote and header."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence

from lui.audience.reading import ParseSettings, Unreadable, records, text_lines
from lui.audience.rules.addresses import NotAnAddress, checked_address

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_ROWS = 20
_LOOKED_AT_ROWS = 100
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,:/ -]*")
_CONTROL = bytes(octet for octet in range(1, 32) if octet not in b"\t\n\r\f\v\x1b\x1a") + b"\x7f"
_FEW_CONTROLS = 5
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an Excel or OpenDocument file: save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file: save the sheet as CSV"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document: save it as plain text"),
    (b"SQLite format 3\x00", "a database"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The octets that mean nothing in Windows' western code page.
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class NotText(ValueError):
    """The file is no text; says in plain words what it seems to be."""


class EncodingProbe:
    """Fed with a file's octets in order, knows what they are written in; raises NotText as soon as that is sure."""

    def __init__(self) -> None:
        self._marked: str | None = None
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._legacy = "cp1252"
        self._begun = False

    def feed(self, piece: bytes) -> None:
        """Look at the next octets (at least the first eight in the first piece, if the file has them)."""
        if not self._begun:
            self._begun = True
            self._look_at_start(piece)
        if self._marked == "utf-16":
            return
        if b"\0" in piece:
            raise NotText("the file holds NUL characters: it is not text")
        if self._utf8 is not None:
            try:
                self._utf8.decode(piece)
            except UnicodeDecodeError:
                self._utf8 = None
        if self._legacy == "cp1252" and _NOT_CP1252.search(piece):
            self._legacy = "iso8859-1"

    def _look_at_start(self, piece: bytes) -> None:
        for signature, kind in _SIGNATURES:
            if piece.startswith(signature):
                raise NotText(f"the file is {kind}")
        self._marked = next((name for mark, name in _BYTE_ORDER_MARKS if piece.startswith(mark)), None)
        controls = len(piece) - len(piece.translate(None, _CONTROL))
        if self._marked != "utf-16" and controls > max(_FEW_CONTROLS, len(piece) // 50):
            raise NotText("the file holds many control characters: it is not text")

    def encoding_so_far(self) -> str:
        """What everything fed can be decoded with, but for a character that may be cut in two at the end."""
        if self._marked == "utf-16":
            return self._marked
        return self._legacy if self._utf8 is None else self._marked or "utf-8"

    def encoding(self) -> str:
        """What the whole file, fed to its end, can be decoded with."""
        cut = self._utf8 is not None and self._utf8.getstate()[0]
        return self._legacy if cut else self.encoding_so_far()


def detect_settings(start: bytes, encoding: str) -> ParseSettings:
    """The most likely settings for a file that begins with the octets `start`. Raises Unreadable."""
    lines = _whole_lines(start, encoding)
    quote = '"' if "".join(lines).count('"') >= 2 else _single_quote(lines)
    separator = max(SEPARATORS, key=lambda candidate: _fits(lines, ParseSettings(encoding, candidate, quote, False)))
    settings = ParseSettings(encoding, separator, quote, header=False)
    first_rows = [cells for _, cells in _first_records(lines, settings)]
    return ParseSettings(encoding, separator, quote, header=_is_header(first_rows))


def _whole_lines(start: bytes, encoding: str) -> list[str]:
    lines: list[str] = []
    try:
        for line in text_lines([start], encoding):
            lines.append(line)
            if len(lines) >= _LOOKED_AT_ROWS:
                break
    except Unreadable:
        # The last character of a piece may be cut in two; what came before it is enough.
        if not lines:
            raise
    return lines


def _first_records(lines: Sequence[str], settings: ParseSettings) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend(records(lines, settings))
    except Unreadable:
        if not found:
            raise
    return found


def _fits(lines: Sequence[str], settings: ParseSettings) -> tuple[float, int]:
    """How well a separator explains the lines: the share of rows of the commonest width, then that width."""
    try:
        widths = Counter(len(cells) for _, cells in _first_records(lines, settings))
    except Unreadable:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, count = widths.most_common(1)[0]
    return (count / widths.total(), width) if width > 1 else (0.0, 1)


def _single_quote(lines: Sequence[str]) -> str:
    """The apostrophe when cells are wrapped in it, else the double quote, which is the default everywhere."""
    wrapped = sum(len(re.findall(r"(?:^|[,;\t|])'[^']*'(?=[,;\t|\r\n]|$)", line)) for line in lines)
    return "'" if wrapped > len(lines) else '"'


def _is_header(first_rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: no address in it, no number, nothing twice or empty."""
    if not first_rows:
        return False
    cells = [cell.strip() for cell in first_rows[0]]
    if any(_is_address(cell) for cell in cells):
        return False
    if any(_is_address(cell) for row in first_rows[1:] for cell in row):
        return True
    return all(cells) and not any(_NUMBER.fullmatch(cell) for cell in cells)


def _is_address(text: str) -> bool:
    if "@" not in text:
        return False
    try:
        checked_address(text)
    except NotAnAddress:
        return False
    return True
