"""What a file of a message is: its type from its first octets, its name without what could do harm."""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from mimetypes import guess_type
from typing import Any, Protocol

from common.contracts.problem import Invalid
from lui.content.schemas import FileOrder, FileOut, WarningOut

MAX_NAME = 200
_UNKNOWN = "application/octet-stream"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_AROUND = re.compile(r"^[\s.]+|[\s.]+$")
_IN_HTML = re.compile(r"cid:([A-Za-z0-9._-]{1,100}(?:@[A-Za-z0-9.-]{1,100})?)", re.IGNORECASE)
_IMAGES = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
"""What every mail program shows, by how such a file begins; SVG is not among them, it can hold scripts."""


class Kept(Protocol):
    """What is read of a file of a job."""

    id: str
    file_name: str
    content_type: str
    size: int
    sha256: str
    is_inline: bool


def file_name(given: str) -> str:
    """A name without folders, control characters and what turns the reading direction; never empty."""
    last = _UNPRINTABLE.sub("", given).replace("\\", "/").rpartition("/")[2]
    last = _AROUND.sub("", last)
    if len(last) > MAX_NAME:
        stem, dot, extension = last.rpartition(".")
        ending = f"{dot}{extension}" if stem and len(extension) <= 10 else ""
        last = last[: MAX_NAME - len(ending)].removesuffix(ending) + ending
    return last or "file"


def content_type(name: str, octets: bytes) -> str:
    """What the file is: an image by its octets, anything else by its name."""
    for kind, start in _IMAGES.items():
        if start.match(octets):
            return kind
    guessed, encoding = guess_type(name, strict=True)
    if guessed is None or encoding is not None or guessed in _IMAGES:
        return _UNKNOWN
    return guessed


def content_id(sha256: str) -> str:
    """What HTML shows an inline image by; the same in every job that holds the image."""
    return f"{sha256[:24]}@files.tutti"


def require_showable(kind: str, pointer: str) -> None:
    """Raises Invalid for what mail programs do not show within a text."""
    if kind not in _IMAGES:
        raise Invalid((pointer, "only PNG, JPEG, GIF and WebP images can be shown in the HTML part"))


def shown(file: Kept) -> FileOut:
    """A file as the API tells of it."""
    return FileOut(
        id=file.id,
        file_name=file.file_name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        is_inline=file.is_inline,
        content_id=content_id(file.sha256),
    )


def as_sent(files: Iterable[Kept]) -> list[dict[str, Any]]:
    """The files as they stand in a content document."""
    return [
        {
            "file_name": file.file_name,
            "content_type": file.content_type,
            "size": file.size,
            "sha256": file.sha256,
            "content_id": content_id(file.sha256) if file.is_inline else None,
        }
        for file in files
    ]


def ordered(files: Sequence[Kept], wanted: Sequence[FileOrder]) -> list[tuple[str, bool]]:
    """The files' ids in the order asked for, with their flags. Raises Invalid unless each is named once."""
    known = {file.id: file for file in files}
    if sorted(each.id for each in wanted) != sorted(known):
        raise Invalid(("/files", "name every file of the job exactly once"))
    for number, each in enumerate(wanted):
        if each.is_inline:
            require_showable(known[each.id].content_type, f"/files/{number}/is_inline")
    return [(each.id, each.is_inline) for each in wanted]


def picture_warnings(html: str | None, files: Sequence[Mapping[str, Any]]) -> list[WarningOut]:
    """Pictures that the HTML part shows and that are not there, and those that it never shows."""
    inline = {file["content_id"].lower(): file["file_name"] for file in files if file["content_id"]}
    used = {match.lower() for match in _IN_HTML.findall(html or "")}
    missing = [f"the picture cid:{name} is not among the files" for name in sorted(used - inline.keys())]
    idle = [f"the picture '{inline[name]}' is shown nowhere" for name in sorted(inline.keys() - used)]
    return [WarningOut(part="html", detail=detail) for detail in (*missing, *idle)]


def used_pictures(html: str | None, files: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The inline files that the HTML part shows."""
    used = {match.lower() for match in _IN_HTML.findall(html or "")}
    return [file for file in files if file["content_id"] and file["content_id"].lower() in used]


def with_pictures(html: str, pictures: Mapping[str, tuple[str, bytes]]) -> str:
    """HTML that shows its pictures by themselves: each `cid:` becomes the octets; by content id, type and octets."""
    by_name = {name.lower(): found for name, found in pictures.items()}

    def data(match: re.Match[str]) -> str:
        found = by_name.get(match.group(1).lower())
        if found is None:
            return match.group()
        return f"data:{found[0]};base64,{base64.b64encode(found[1]).decode('ascii')}"

    return _IN_HTML.sub(data, html)
