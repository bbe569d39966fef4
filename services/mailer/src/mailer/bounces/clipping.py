"""The data of a message as it is read for a report: its beginning, in large pieces, however long it is."""

import asyncio

KEPT = 1024 * 1024
"""Octets of a message that are kept. What a report has to say stands before the message that it sends back."""
_PIECE = 60 * 1024
"""Less than the longest line aiosmtpd takes; a line that is longer is a piece of its own."""
_END = b".\r\n"


class Clipping:
    """Stands between aiosmtpd and the connection while data comes.

    aiosmtpd keeps every line of a message as an object of its own: 25 MB of empty lines would need a gigabyte. This
    gives it pieces of many lines, dots taken off already, and leaves out what comes behind the beginning.
    """

    def __init__(self, reader: asyncio.StreamReader, limit: int) -> None:
        self._reader = reader
        self._limit = limit
        self._seen = 0
        self._given = 0
        self._held = b""
        self._is_in_line = False
        self._has_ended = False

    @property
    def is_too_long(self) -> bool:
        """Whether the whole message is longer than the limit."""
        return self._seen > self._limit

    async def readuntil(self, separator: bytes) -> bytes:
        """The next piece, or the end. Raises asyncio.LimitOverrunError for a line that is too long."""
        piece, self._held = bytearray(self._held), b""
        while not self._has_ended:
            line = self._counted(await self._reader.readuntil(separator))
            if self._is_in_line:
                self._is_in_line = False
                return line
            if line == _END:
                self._has_ended = True
            elif piece and len(piece) + len(line) > _PIECE:
                self._held = line
                break
            elif self._given + len(piece) < KEPT:
                # The dot of the first one is taken off by who asked: it takes the piece for one line.
                piece += line[1:] if piece and line.startswith(b".") else line
        self._given += len(piece)
        return bytes(piece) or _END

    async def read(self, count: int) -> bytes:
        """A part of a line that was too long; its end comes next."""
        self._is_in_line = True
        return self._counted(await self._reader.read(count))

    def _counted(self, octets: bytes) -> bytes:
        self._seen += len(octets)
        return octets
