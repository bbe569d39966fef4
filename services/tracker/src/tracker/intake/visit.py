"""One request as intake sees it, whichever server took it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from tracker.intake.replies import Header

_BLANK = b" \t"
_USUAL_AGENT = b"\r\nUser-Agent: "


class Headers(Protocol):
    """Header fields, looked up by need: most of them no level ever keeps."""

    def find(self, name: bytes) -> bytes:
        """The value of a field, given in lower case; several are joined by commas, none is empty."""

    def agent(self) -> bytes:
        """What the asking program calls itself."""


@dataclass(slots=True)
class Visit:
    """One request; a connection uses the same one again for its next request."""

    method: bytes
    path: bytes
    """Raw, without the query, which is ignored."""
    headers: Headers
    peer: str
    """Address of whoever is at the other end of the connection."""
    at_ms: int


class HeaderList:
    """Fields a server has taken apart already; their names are in lower case."""

    def __init__(self, fields: Sequence[Header]) -> None:
        self._fields = fields

    def find(self, name: bytes) -> bytes:
        """The value of a field."""
        return b",".join([value for key, value in self._fields if key == name])

    def agent(self) -> bytes:
        """What the asking program calls itself."""
        return self.find(b"user-agent")

    def size(self) -> int:
        """Octets of all names and values."""
        return sum(len(key) + len(value) for key, value in self._fields)


@dataclass(slots=True)
class RawHead:
    """The head of a request as it came, which the parser has found to be well-formed: lines end with CR LF only."""

    octets: bytes = b""

    def find(self, name: bytes) -> bytes:
        """The value of a field."""
        values = _field(name).findall(self.octets)
        return values[0].rstrip(_BLANK) if len(values) == 1 else b",".join([value.rstrip(_BLANK) for value in values])

    def agent(self) -> bytes:
        """What the asking program calls itself, found at once where the field is written as most programs do."""
        at = self.octets.find(_USUAL_AGENT) + len(_USUAL_AGENT)
        if at < len(_USUAL_AGENT):
            return self.find(b"user-agent")
        return self.octets[at : self.octets.find(b"\r", at)].rstrip(_BLANK)


@cache
def _field(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\r\n" + re.escape(name) + rb":[ \t]*([^\r]*)", re.IGNORECASE)
