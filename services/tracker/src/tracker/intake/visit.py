"""One request as intake sees it, whichever server took it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tracker.intake.replies import Header


class Headers(Protocol):
    """Header fields, looked up by need: most of them no level ever keeps."""

    def find(self, name: bytes) -> bytes:
        """The value of a field, given in lower case; several are joined by commas, none is empty."""


class Visit(NamedTuple):
    """One request."""

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

    def size(self) -> int:
        """Octets of all names and values."""
        return sum(len(key) + len(value) for key, value in self._fields)


class RawHead:
    """The head of a request as it came, which the parser has found to be well-formed: lines end with CR LF only."""

    __slots__ = ("_head", "_lowered")

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._lowered = b""

    def find(self, name: bytes) -> bytes:
        """The value of a field."""
        lowered = self._lowered = self._lowered or self._head.lower()
        mark = b"\r\n" + name + b":"
        at = lowered.find(mark)
        if at < 0:
            return b""
        end = lowered.find(b"\r\n", at + 2)
        value = self._head[at + len(mark) : end].strip(b" \t")
        return value if (at := lowered.find(mark, end)) < 0 else self._joined(value, mark, at)

    def _joined(self, first: bytes, mark: bytes, at: int) -> bytes:
        values = [first]
        while at >= 0:
            end = self._lowered.find(b"\r\n", at + 2)
            values.append(self._head[at + len(mark) : end].strip(b" \t"))
            at = self._lowered.find(mark, end)
        return b",".join(values)
