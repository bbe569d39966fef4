"""The transport under a conversation: writing, long messages in blocks, and the many ways in which it ends."""

import asyncio
from abc import abstractmethod
from typing import cast

from mailer.transport.blocks import BLOCK, LOW, Blocks
from mailer.transport.watchdog import Watchdog


class Line(asyncio.Protocol):
    """Knows when something was last written or heard, and calls `_end` when nothing more can be."""

    def __init__(self, watchdog: Watchdog) -> None:
        self.last_activity = 0.0
        """The loop's time of the last whole reply or the last octets written."""
        self._watchdog = watchdog
        self._is_quitting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a transport; the opener calls this."""
        self._transport = cast(asyncio.Transport, transport)
        self._loop = asyncio.get_running_loop()
        self._transport.set_write_buffer_limits(high=BLOCK, low=LOW)
        self._blocks = Blocks(self._write, self._send_end)
        self.last_activity = self._loop.time()
        self._watchdog.watch(self)

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self._transport.get_extra_info("sslcontext") is not None

    @abstractmethod
    def look(self, now: float) -> None:
        """Give up what is over its time; the watchdog calls this."""

    @abstractmethod
    def _send_end(self, rest: bytes) -> None:
        """The last block of a message is at hand."""

    @abstractmethod
    def _end(self, reason: str | None) -> None:
        """It is over."""

    def _write(self, octets: bytes) -> None:
        self.last_activity = self._loop.time()
        self._transport.write(octets)

    def _hang_up(self, *, politely: bool) -> None:
        self._watchdog.forget(self)
        self._blocks.stop()
        if politely:
            self._transport.close()
        else:
            self._transport.abort()

    def pause_writing(self) -> None:
        """More than a block waits to leave."""
        self._blocks.is_paused = True

    def resume_writing(self) -> None:
        """Room for the next block."""
        self._blocks.is_paused = False
        self._blocks.go_on()

    def eof_received(self) -> bool:
        """The server will say nothing more."""
        self._end(None if self._is_quitting else "the server closed the connection")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The end, unless it was ours."""
        lost = "the connection was lost" if exc else "the connection was closed"
        self._end(None if self._is_quitting else lost)
