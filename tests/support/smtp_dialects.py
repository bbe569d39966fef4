"""What a client's octets mean to servers that see line ends, and so ends of messages, where others see none."""

import re
from collections import Counter
from typing import Final

from tests.support.smtp_peer import Dialect

_LINES: Final[dict[Dialect, bytes]] = {
    "strict": rb"\r\n",
    "lenient-LF": rb"\r?\n",
    "lenient-CR": rb"\r\n|\r|\n",
}
_CHUNK: Final = re.compile(rb"BDAT ([0-9]+)( LAST)?", re.IGNORECASE)


def heard(octets: bytes, dialect: Dialect) -> Counter[str]:
    """How often each command came, and `.` for each end of a message; octets that are neither count as `?`."""
    line_end = re.compile(_LINES[dialect])
    message_end = re.compile(rb"(?:\A|%b)\.(?:%b)" % (b"(?:" + _LINES[dialect] + b")", _LINES[dialect]))
    seen: Counter[str] = Counter()
    at = 0
    while at < len(octets):
        end = line_end.search(octets, at)
        if end is None:
            seen["?"] += 1
            break
        line, at = octets[at : end.start()], end.end()
        verb = line[:4].decode("latin-1").upper()
        seen[verb if verb in {"MAIL", "RCPT", "DATA", "BDAT", "RSET", "QUIT"} else "?"] += 1
        chunk = _CHUNK.fullmatch(line)
        if chunk is not None:
            at += int(chunk.group(1))
        elif verb == "DATA":
            end = message_end.search(octets, at)
            seen["." if end else "?"] += 1
            at = end.end() if end else len(octets)
    return seen
