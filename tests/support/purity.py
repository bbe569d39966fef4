"""What must hold of every message on the wire, whatever its content, its recipients and their values hold."""

import re
from collections.abc import Sequence

_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_ENDS = {
    "strict": re.compile(rb"\r\n\.\r\n"),
    "lenient about LF": re.compile(rb"\r?\n\.\r?\n"),
    "lenient about CR": re.compile(rb"(?:\r\n|\r|\n)\.(?:\r\n|\r|\n)"),
}
"""Where readers of different strictness see the end of the data (the smuggling of 2023 lived on their difference)."""
LONGEST_LINE = 998


def impurities(data: bytes, names: Sequence[bytes], *, has_8bit_headers: bool = False) -> list[str]:
    """Everything that is wrong with a composed message; `names` are the headers it must have, in order."""
    found: list[str] = []
    if bare := _BARE.search(data):
        found.append(f"a bare CR or LF at {bare.start()}")
    lines = data.split(b"\r\n")
    if lines[-1]:
        found.append("the last line is not ended")
    if any(len(line) > LONGEST_LINE for line in lines):
        found.append("a line is longer than 998 octets")
    if any(line.startswith(b".") for line in lines):
        found.append("a line begins with a dot")
    if b"\0" in data:
        found.append("there is a NUL")
    head, _, body = data.partition(b"\r\n\r\n")
    if not (body if has_8bit_headers else data).isascii():
        found.append("there are octets over 127")
    if any(line.startswith(b"From ") for line in lines):
        found.append("a line begins like a mailbox file's separator")
    unfolded = re.sub(rb"\r\n[ \t]", b" ", head)
    if [line.partition(b":")[0] for line in unfolded.split(b"\r\n")] != list(names):
        found.append("the headers are not those of the template")
    return [*found, *_ends(data)]


def _ends(data: bytes) -> list[str]:
    wire = data + b".\r\nQUIT\r\n"
    found: list[str] = []
    for reader, end in _ENDS.items():
        matches = list(end.finditer(wire))
        if len(matches) != 1 or wire[matches[0].end() :] != b"QUIT\r\n":
            found.append(f"a {reader} reader sees {len(matches)} ends of data")
    return found
