"""A long message, handed to the system block by block and never faster than the server takes it."""

import asyncio
from collections.abc import Callable
from typing import Final

BLOCK: Final = 65_536
"""Octets that are handed over at a time."""
LOW: Final = 16_384
"""So few octets must be left of a block before the next one."""


class Blocks:
    """All blocks but the last one are written here; the last is given back, so that its end can be said with it."""

    __slots__ = ("_at", "_data", "_loop", "_on_last", "_write", "is_paused")

    def __init__(self, write: Callable[[bytes], None], on_last: Callable[[bytes], None]) -> None:
        self._write = write
        self._on_last = on_last
        self._loop = asyncio.get_running_loop()
        self._data: bytes | None = None
        self._at = 0
        self.is_paused = False

    @property
    def is_under_way(self) -> bool:
        """The last block has not been given back yet."""
        return self._data is not None

    def send(self, data: bytes) -> None:
        """Begin."""
        self._data, self._at = data, 0
        self.go_on()

    def stop(self) -> None:
        """Forget the rest."""
        self._data = None

    def go_on(self) -> None:
        """The next block, if the last one has left."""
        if self._data is None or self.is_paused:
            return
        block = self._data[self._at : self._at + BLOCK]
        self._at += BLOCK
        if self._at >= len(self._data):
            self._data = None
            self._on_last(block)
            return
        self._write(block)
        if not self.is_paused:
            self._loop.call_soon(self.go_on)
