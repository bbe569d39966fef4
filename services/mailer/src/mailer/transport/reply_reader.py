"""Replies out of a stream of octets, whatever their segments look like (RFC 5321, 4.2)."""

from typing import Final

from mailer.transport.rules import Reply, shown

MAX_LINE: Final = 2_048
"""Octets of one reply line; RFC 5321, 4.5.3.1.5 has 512."""
MAX_REPLY: Final = 16_384
"""Octets of a reply of many lines."""

_ENDS: Final[dict[bytes, int]] = {}
_GOES_ON: Final[dict[bytes, int]] = {}
for _code in range(200, 600):
    for _end in (b" ", b"\r", b""):
        _ENDS[b"%d%b" % (_code, _end)] = _code
    _GOES_ON[b"%d-" % _code] = _code


class ReplyReader:
    """Feed it what came; it hands out whole replies as code and raw text, in order.

    `fault` says why nothing that comes from now on can be attributed. Replies before the fault are still handed out.
    """

    __slots__ = ("_code", "_length", "_lines", "_rest", "fault")

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[bytes] = []
        self._length = 0
        self._code = 0
        self.fault: str | None = None

    @property
    def is_between_replies(self) -> bool:
        """Not an octet of a further reply has come."""
        return not self._rest and not self._lines

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The replies that are complete now; none after a fault."""
        if self.fault is not None:
            return []
        lines = (self._rest + data if self._rest else data).split(b"\n")
        self._rest = lines.pop()
        found: list[tuple[int, bytes]] = []
        for line in lines:
            code = _ENDS.get(line[:4])
            if code is not None and not self._lines and len(line) <= MAX_LINE:
                found.append((code, line[4:]))
            elif not self._odd(line, found):
                return found
        if len(self._rest) > MAX_LINE:
            self._lose("a line of its reply is too long")
        return found

    def _odd(self, line: bytes, found: list[tuple[int, bytes]]) -> bool:
        """A line that is not a whole reply; whether it makes sense."""
        if len(line) > MAX_LINE:
            return self._lose("a line of its reply is too long")
        last, going = _ENDS.get(line[:4]), _GOES_ON.get(line[:4])
        code = last or going
        if code is None or (self._lines and code != self._code):
            return self._lose("what it said is no reply")
        self._code = code
        self._lines.append(line[4:].strip())
        self._length += len(line)
        if self._length > MAX_REPLY:
            return self._lose("its reply is too long")
        if last is not None:
            found.append((code, b" ".join(self._lines)))
            self._lines, self._length = [], 0
        return True

    def _lose(self, fault: str) -> bool:
        self.fault = fault
        self._rest, self._lines = b"", []
        return False


def reply_of(code: int, raw: bytes) -> Reply:
    """A reply fit to be kept: one line of text without control characters."""
    text = raw.rstrip().decode("utf-8", "replace")
    return Reply(code, text if text.isprintable() and len(text) <= MAX_LINE else shown(text))
