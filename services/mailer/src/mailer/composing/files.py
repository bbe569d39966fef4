"""Files of a message: what stands above each, and its octets in base64, made once for all recipients."""

import hashlib
import re
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from mailer.composing.errors import ContentFaulty, Finding
from mailer.composing.schemas import Attachment

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$&()+,;=@\[\]^_`{}~.-]{1,60}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_AROUND = re.compile(r"^[\s.]+|[\s.]+$")
_LINE = 76
_IN_A_SECTION = 60
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file ready to be framed."""

    headers: str
    """Every header line of its part."""
    body: bytes
    """In base64, lines ended by CRLF."""
    is_inline: bool


def read_files(attachments: Sequence[Attachment], contents: Mapping[str, bytes]) -> list[File]:
    """The files of a document. Raises ContentFaulty when the octets of one are not there or not its own."""
    known: dict[str, bytes] = {}
    return [_read(attachment, contents, known) for attachment in attachments]


def _read(attachment: Attachment, contents: Mapping[str, bytes], known: dict[str, bytes]) -> File:
    octets = contents.get(attachment.sha256)
    if octets is None or hashlib.sha256(octets).hexdigest() != attachment.sha256:
        detail = f"the file '{clean_name(attachment.file_name)}' is not what was attached"
        raise ContentFaulty([Finding("html", 1, 1, detail)])
    if attachment.sha256 not in known:
        known[attachment.sha256] = base64_body(octets)
    return File(part_headers(attachment), known[attachment.sha256], attachment.content_id is not None)


def part_headers(attachment: Attachment) -> str:
    """The header lines of a file's part."""
    lines = [
        f"Content-Type: {safe_type(attachment.content_type)}",
        "Content-Transfer-Encoding: base64",
    ]
    if attachment.content_id is not None:
        lines.append(f"Content-ID: <{attachment.content_id}>")
    kind = "attachment" if attachment.content_id is None else "inline"
    name = "".join(f";\r\n {each}" for each in parameter("filename", clean_name(attachment.file_name)))
    lines.append(f"Content-Disposition: {kind}{name}")
    return "".join(f"{line}\r\n" for line in lines)


def safe_type(content_type: str) -> str:
    """A media type that may be sent in base64; messages within messages may not (RFC 2045, 6.4)."""
    found = content_type.strip().lower()
    if not _TYPE.fullmatch(found) or found.startswith(("multipart/", "message/")):
        return "application/octet-stream"
    return found


def clean_name(name: str) -> str:
    """A file name without folders, control characters and what turns the reading direction; never empty."""
    last = _UNPRINTABLE.sub("", name).replace("\\", "/").rpartition("/")[2]
    last = _AROUND.sub("", last)
    if len(last) > MAX_NAME:
        stem, dot, extension = last.rpartition(".")
        extension = f"{dot}{extension}" if dot and len(extension) <= 10 else ""
        last = (stem if extension else last)[: MAX_NAME - len(extension)] + extension
    return last or "file"


def parameter(name: str, value: str) -> list[str]:
    """A parameter of a structured header: quoted when plain, else by RFC 2231, in sections when long."""
    if _PLAIN_NAME.fullmatch(value):
        return [f'{name}="{value}"']
    encoded = quote(value, safe="!#$&+-.^_`|~", encoding="utf-8")
    if len(encoded) <= _IN_A_SECTION:
        return [f"{name}*=utf-8''{encoded}"]
    # Charset and language stand before the first section only (RFC 2231, 4.1).
    return [f"{name}*{number}*={each}" for number, each in enumerate(_sections("utf-8''" + encoded))]


def _sections(encoded: str) -> list[str]:
    """Pieces of a percent-encoded text, no `%XX` torn apart."""
    pieces: list[str] = []
    at = 0
    while at < len(encoded):
        end = min(at + _IN_A_SECTION, len(encoded))
        torn = encoded.rfind("%", max(end - 2, at), end)
        if torn > at and end < len(encoded):
            end = torn
        pieces.append(encoded[at:end])
        at = end
    return pieces


def base64_body(octets: bytes) -> bytes:
    """Base64 in lines of 76 columns, each ended by CRLF."""
    whole = b2a_base64(octets, newline=False)
    return b"".join([whole[at : at + _LINE] + b"\r\n" for at in range(0, len(whole), _LINE)])
