"""From the octets of an uploaded text file to its records, in bounded memory."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Setting = Literal["encoding", "separator", "quote", "header"]

MAX_LINE_LENGTH = 1_000_000
"""Characters of one line; a longer one is no list of recipients and would be held in memory whole."""
MAX_RECORD_COLUMNS = 500
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii"),
    *(f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
    *(
        f"cp{page}"
        for page in (437, 850, 852, 866, 874, 932, 949, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)
    ),
    *(
        "mac-roman",
        "koi8-r",
        "koi8-u",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "shift_jis",
        "euc_jp",
        "euc_kr",
        "iso2022_jp",
    ),
)
"""Python's names of what a file may be written in; any of their aliases is understood."""


@dataclass(frozen=True)
class ParseSettings:
    """How the octets of a file become rows."""

    encoding: str
    separator: str
    quote: str | None
    header: bool


class Unreadable(ValueError):
    """The file cannot be read with these settings; `setting` is the one to look at, lines start at 1."""

    def __init__(self, detail: str, *, setting: Setting | None, line: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.setting = setting
        self.line = line


def known_encoding(name: str) -> str | None:
    """The name of `ENCODINGS` that `name` is an alias of; None for anything else."""
    try:
        wanted = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return next((known for known in ENCODINGS if codecs.lookup(known).name == wanted), None)


def text_lines(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Physical lines with their ends (LF, CR LF or CR). Raises Unreadable where a line cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    seen, rest = 0, ""
    for piece in _with_end(pieces):
        try:
            text = rest + decoder.decode(piece or b"", final=piece is None)
        except UnicodeError as error:
            raise _undecodable(error, encoding, seen + 1) from error
        if "\0" in text:
            line = seen + 1 + text[: text.index("\0")].count("\n")
            raise Unreadable(f"line {line} is not text in {encoding}", setting="encoding", line=line)
        # str.splitlines would also break at form feeds and other characters that belong to a value.
        lines = list(io.StringIO(text, newline=""))
        rest = lines.pop() if piece is not None and lines and not lines[-1].endswith("\n") else ""
        seen += len(lines)
        yield from lines
        if len(rest) > MAX_LINE_LENGTH:
            raise Unreadable(
                f"line {seen + 1} is longer than {MAX_LINE_LENGTH:,} characters", setting="separator", line=seen + 1
            )


def _with_end(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from pieces
    yield None


def _undecodable(error: UnicodeError, encoding: str, first_line: int) -> Unreadable:
    if not isinstance(error, UnicodeDecodeError):  # UTF-16 without the mark that says which one it is
        return Unreadable(f"line {first_line} is not text in {encoding}", setting="encoding", line=first_line)
    before = error.object[: error.start].count(b"\n")
    line = first_line + before
    octet = error.object[error.start]
    return Unreadable(f"line {line} is not text in {encoding} (octet 0x{octet:02X})", setting="encoding", line=line)


def records(lines: Iterable[str], settings: ParseSettings) -> Iterator[tuple[int, list[str]]]:
    """`(number of its first line, cells)` of every record but blank lines. Raises Unreadable."""
    reader = csv.reader(
        lines,
        delimiter=settings.separator,
        quotechar=settings.quote,
        quoting=csv.QUOTE_MINIMAL if settings.quote else csv.QUOTE_NONE,
        doublequote=True,
    )
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unending(line) from error
        if len(cells) > MAX_RECORD_COLUMNS:
            detail = f"line {line} has {len(cells):,} columns; {MAX_RECORD_COLUMNS} are the most"
            raise Unreadable(detail, setting="separator", line=line)
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _unending(line: int) -> Unreadable:
    detail = f"a value that begins in line {line} is longer than {csv.field_size_limit():,} characters"
    return Unreadable(f"{detail}; is a closing quote missing?", setting="quote", line=line)


def rows(pieces: Iterable[bytes], settings: ParseSettings) -> Iterator[tuple[int, list[str]]]:
    """`records` of a file's octets, the header among them."""
    return records(text_lines(pieces, settings.encoding), settings)


def header_and_width(first: Sequence[str], settings: ParseSettings) -> tuple[Sequence[str] | None, int]:
    """The header's cells when there is one, and the number of columns every row must have."""
    return (first if settings.header else None), len(first)
