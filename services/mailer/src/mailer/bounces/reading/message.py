"""Taking a message apart that a stranger wrote: one pass, bounded, and no structure is too broken to read the rest.

The standard parser keeps whole trees, costs the square of the nesting and fails on some octets; a report needs the
fields at the top and the parts with their types, nothing else.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from encodings import normalize_encoding

MAX_OCTETS = 25 * 1024 * 1024
MAX_PARTS = 1_000
MAX_DEPTH = 50
MAX_DELIMITERS = 20_000
MAX_FIELDS = 500
MAX_HEADER = 256 * 1024
MAX_VALUE = 8_000
WINDOW = 256 * 1024
"""How far behind its announcement the first delimiter may stand."""
MAX_LOOKS = 100
"""How often a boundary is looked for: each time in a stretch of that length."""
MAX_TEXT = 128 * 1024
"""How much of one part is decoded."""
PREAMBLE = "text/x-preamble"
"""What stands before the first delimiter."""
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:[ \t]?(.*)", re.DOTALL)
_PARAMETER = r"{}\s*=\s*(?:\"([^\"]{{0,500}})\"|([^\s;\"]{{1,500}}))"
_BOUNDARY = re.compile(_PARAMETER.format("boundary"), re.IGNORECASE)
_CHARSET = re.compile(_PARAMETER.format("charset"), re.IGNORECASE)
_REPORT_TYPE = re.compile(_PARAMETER.format("report-type"), re.IGNORECASE)
_GUESSED = re.compile(rb"(?:\A|\n)--([^\n]{1,200})\n(?=content-[a-z-]{1,40}:)", re.IGNORECASE)
_DELIMITER = re.compile(rb"\n--")
_PADDING = re.compile(rb"=[ \t]{1,80}\n")
"""A soft line break of quoted-printable behind which a relay has put blanks."""
_NO_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode"})
"""Names that Python decodes by and no mail is written in."""
_SUBSTITUTES = {
    "unknown-8bit": "latin-1",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "x-unknown": "latin-1",
    "gb2312": "gb18030",
    "ks_c_5601-1987": "cp949",
}


@dataclass(slots=True)
class Part:
    """A part that holds no others; the returned message counts as one part."""

    fields: dict[str, list[str]]
    body: bytes
    kind: str
    """Its media type, lower case."""

    def get(self, name: str) -> str:
        """The first field of that name, or nothing."""
        return self.fields.get(name, [""])[0]

    def text(self) -> str:
        """Its body as text."""
        return decoded(self.body[:MAX_TEXT], self.get("content-transfer-encoding"), self.get("content-type"))


@dataclass(slots=True)
class Message:
    """A message taken apart."""

    fields: dict[str, list[str]]
    parts: list[Part] = field(default_factory=list)
    report_type: str = ""

    def get(self, name: str) -> str:
        """The first field of that name, or nothing."""
        return self.fields.get(name, [""])[0]

    def words(self, name: str) -> str:
        """The first field of that name with its encoded words read."""
        return unencoded(self.get(name))

    def every(self, name: str) -> list[str]:
        """All fields of that name."""
        return self.fields.get(name, [])


def read_message(data: bytes) -> Message:
    """Take a message apart. The same message means the same with any line ends."""
    octets = data[:MAX_OCTETS]
    if b"\r" in octets:
        octets = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    octets = octets.lstrip(b"\n \t\x00\xef\xbb\xbf")
    fields, start = read_fields(octets, 0)
    content_type = fields.get("content-type", [""])[0]
    match = _REPORT_TYPE.search(content_type)
    message = Message(fields, report_type=(match.group(1) or match.group(2)).lower() if match else "")
    message.parts = _Parts(octets).read(fields, start)
    return message


def read_fields(octets: bytes, start: int) -> tuple[dict[str, list[str]], int]:
    """The header fields from `start` on, by lower-case name, and where the body begins."""
    found: dict[str, list[str]] = {}
    stop = min(len(octets), start + MAX_HEADER)
    name = ""
    position = start
    count = 0
    while position < stop:
        line_end = octets.find(b"\n", position, stop)
        line = octets[position : line_end if line_end >= 0 else stop]
        if not line:
            return found, position + 1
        if line[:1] in {b" ", b"\t"} and name:
            values = found[name]
            if len(values[-1]) < MAX_VALUE:
                values[-1] += " " + _value(line)
        else:
            # A delimiter ends every header: with its colon it would be a field, and be read again for the next part.
            match = None if line.startswith(b"--") else _FIELD.match(line)
            if match is None:
                if position > start and not line.startswith((b"From ", b">From ")):
                    return found, position  # a body without the empty line before it
            elif count < MAX_FIELDS:
                name = match.group(1).decode("ascii").lower()
                found.setdefault(name, []).append(_value(match.group(2)))
                count += 1
        position += len(line) + 1
    end = octets.find(b"\n\n", max(stop - 1, start))
    return found, (end + 2 if end >= 0 else len(octets))


def decoded(octets: bytes, encoding: str, content_type: str) -> str:
    """Octets of a part as text; what cannot be read is replaced, never refused."""
    how = encoding.strip().lower()
    if how == "base64":
        octets = _from_base64(octets)
    elif how == "quoted-printable":
        octets = binascii.a2b_qp(_PADDING.sub(b"=\n", octets))
    match = _CHARSET.search(content_type)
    return to_text(octets, (match.group(1) or match.group(2)) if match else "")


def to_text(octets: bytes, charset: str) -> str:
    """Octets as text in the named character set, else in the likeliest one."""
    name = charset.strip().lower()
    for each in (_SUBSTITUTES.get(name, name), "utf-8"):
        if not each or normalize_encoding(each) in _NO_CHARSETS:
            continue
        try:
            # Cut characters at the end are normal here: only a part of a part is decoded.
            text = octets.decode(each, "strict" if each == "utf-8" and each != name else "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    if b"\x1b$" in octets:
        return octets.decode("iso-2022-jp", "replace").replace("\x00", " ")
    return octets.decode("latin-1").replace("\x00", " ")


def unencoded(value: str) -> str:
    """A field with its encoded words (RFC 2047) read."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value[:4_000])
    except (HeaderParseError, ValueError, binascii.Error):
        return value
    return "".join(piece if isinstance(piece, str) else to_text(piece, charset or "") for piece, charset in pieces)


def _value(octets: bytes) -> str:
    text = octets[:MAX_VALUE]
    try:
        return text.decode("utf-8").strip()
    except UnicodeDecodeError:
        return text.decode("latin-1").strip()


def _from_base64(octets: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", octets.partition(b"=\n\n")[0])
    if len(letters) % 4 == 1:
        letters = letters[:-1]  # cut in the middle of an octet
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


class _Parts:
    """The parts of one message, found in one pass over its delimiter lines."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._found: list[Part] = []
        self._depths: dict[bytes, int] = {}
        self._stack: list[bytes] = []
        self._fields: dict[str, list[str]] = {}
        self._body: int | None = None
        self._looks = 0

    def read(self, fields: dict[str, list[str]], start: int) -> list[Part]:
        self._begin(fields, start)
        octets = self._octets
        for number, match in enumerate(_DELIMITER.finditer(octets, max(start - 1, 0))):
            if number >= MAX_DELIMITERS or len(self._found) >= MAX_PARTS:
                break
            line_end = octets.find(b"\n", match.end())
            line_end = len(octets) if line_end < 0 else line_end
            self._line(octets[match.end() : min(line_end, match.end() + 300)].rstrip(), match.start(), line_end + 1)
        self._finish(len(octets))
        return self._found

    def _line(self, line: bytes, before: int, after: int) -> None:
        depth = self._depths.get(line)
        if depth is not None:
            self._finish(before)
            self._close(depth)
            self._begin(*read_fields(self._octets, after))
        elif line.endswith(b"--") and (depth := self._depths.get(line[:-2])) is not None:
            self._finish(before)
            self._close(depth - 1)
            self._body = None

    def _close(self, depth: int) -> None:
        while len(self._stack) > depth:
            self._depths.pop(self._stack.pop(), None)

    def _begin(self, fields: dict[str, list[str]], start: int) -> None:
        self._fields, self._body = fields, start
        content_type = fields.get("content-type", [""])[0]
        kind = content_type.partition(";")[0].strip().lower()
        if kind.startswith("multipart") or not self._stack:
            boundary = self._boundary(content_type, start, is_declared=kind.startswith("multipart"))
            if boundary and boundary not in self._depths and len(self._stack) < MAX_DEPTH:
                self._stack.append(boundary)
                self._depths[boundary] = len(self._stack)

    def _boundary(self, content_type: str, start: int, *, is_declared: bool) -> bytes:
        if self._looks >= MAX_LOOKS:
            return b""
        self._looks += 1
        match = _BOUNDARY.search(content_type)
        declared = (match.group(1) or match.group(2) or "").encode("utf-8", "replace").rstrip() if match else b""
        if declared and is_declared and self._octets.find(b"--" + declared, start, start + WINDOW) >= 0:
            return declared
        if is_declared or self._octets[start : start + 400].lstrip().startswith((b"--", b"This is a MIME")):
            guessed = _GUESSED.search(self._octets, max(start - 1, 0), start + 20_000)
            return guessed.group(1).rstrip() if guessed else b""
        return b""

    def _finish(self, end: int) -> None:
        if self._body is None:
            return
        body = self._octets[self._body : max(end, self._body)]
        content_type = self._fields.get("content-type", [""])[0]
        kind = content_type.partition(";")[0].strip().lower() or "text/plain"
        self._body = None
        if kind.startswith("multipart"):
            if not body.strip():
                return
            kind = PREAMBLE if self._stack else "text/plain"  # the latter: a multipart without any delimiter
        self._found.append(Part(self._fields, body, kind))
