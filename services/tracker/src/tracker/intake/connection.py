"""Intake's own HTTP/1.1: no task, no future, no lock and no timer for a request, and answers that were made before.

One request of a connection is in hand at a time, so answers keep their order; what a client sends ahead of its answers
waits in a bounded buffer and then in its own network stack. What the application answers is handed to the server's own
protocol, with the connection, for good.
"""

import asyncio
from typing import Any, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from tracker.intake.listener import Listener, Others
from tracker.intake.replies import ADDRESS_TOO_LONG, BAD_REQUEST, METHOD_NOT_ALLOWED, TOO_LARGE, Reply
from tracker.intake.visit import RawHead, Visit

_END = b"\r\n\r\n"
_END_LENGTH = len(_END)
_CLOSE = b"connection: close\r\n"
_LONGEST_METHOD = 10
_VERSIONS = _LATEST, _FORMER = b" HTTP/1.1", b" HTTP/1.0"
_VERSION_LENGTH = len(_LATEST)


class IntakeConnection(asyncio.BufferedProtocol):
    """One connection."""

    def __init__(self, listener: Listener, others: Others, among: set[Any]) -> None:
        self.since = 0.0
        """When it last came a step further, on the listener's clock."""
        self.is_waiting = False
        """For the disk, so not for the client."""
        self.is_due = True
        """A request has begun: the client has less time than one that is only there."""
        self._listener = listener
        self._others = others
        self._among = among
        self._transport = cast(asyncio.Transport, None)
        self._head = RawHead()
        self._visit = Visit(b"", b"", self._head, "", 0)
        self._parser = HttpRequestParser(self)
        # Looked up once, since every request asks for them.
        self._room, self._others_begin, self._longest_head = listener.room, listener.others, listener.limits.head
        self._take, self._now_ms, self._released = listener.intake.take, listener.now_ms, self._release
        self._buffer = b""
        self._is_whole = False
        self._stays = False
        self._answer = b""
        self._ends = False
        self._is_paused = False
        self._is_stuck = False
        self._is_at_end = False
        self._is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self._visit.peer = str(peer[0]) if isinstance(peer, tuple) else ""
        if not self._listener.join(self, self._among):
            self._is_over = True
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone; what was to be answered is recorded nevertheless."""
        del exc
        self._is_over = True
        self._listener.leave(self)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next octets go: one place for all connections, since it is emptied at once."""
        del sizehint
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        """Octets have come."""
        data = bytes(self._room[:nbytes])
        if self._is_over:
            return  # refused: the rest is read so that the refusal can be
        self._buffer = self._buffer + data if self._buffer else data
        if not self.is_waiting:
            self._serve()
        if self._buffer and len(self._buffer) > self._listener.limits.buffer and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The client says no more; it may still read."""
        self._is_at_end = True
        return self.is_waiting

    def pause_writing(self) -> None:
        """The client does not read."""
        self._is_stuck, self.is_due, self.since = True, True, self._listener.tick

    def resume_writing(self) -> None:
        """It does again."""
        self._is_stuck = False
        self._serve()

    def shutdown(self) -> None:
        """The server ends: an answer in hand is given, nothing else."""
        self._ends = True
        if not self.is_waiting:
            self._transport.close()

    def give_up(self) -> None:
        """The client's time is over."""
        self._is_over = True
        self._transport.abort()

    def on_message_complete(self) -> None:
        """Called by the parser: the request has no body."""
        self._is_whole = True
        self._stays = self._parser.should_keep_alive()  # forgotten by the parser right after this

    def _serve(self) -> None:
        """Requests that are there, until one has to wait for the disk."""
        while (buffer := self._buffer) and not (self.is_waiting or self._is_stuck or self._is_over):
            space = buffer.find(b" ", 0, _LONGEST_METHOD)
            if buffer.startswith(self._others_begin, space + 1):
                self._hand_over()
                return
            end = buffer.find(_END) + _END_LENGTH
            if end < _END_LENGTH or end > self._longest_head:
                self._await_rest(end)
                return
            self._buffer, self.is_due = buffer[end:], False
            self._request(buffer[:end], space)
        if self._is_paused and len(self._buffer) <= self._listener.limits.head:
            self._is_paused = False
            self._transport.resume_reading()
        if self._is_at_end and not (self.is_waiting or self._is_over):
            self._transport.close()

    def _await_rest(self, end: int) -> None:
        if max(end, len(self._buffer)) >= self._listener.limits.head:
            is_one_line = self._buffer.find(b"\r\n", 0, self._listener.limits.head) < 0
            self._refuse(ADDRESS_TOO_LONG if is_one_line else TOO_LARGE)
        elif not self.is_due:
            self.is_due, self.since = True, self._listener.tick

    def _request(self, head: bytes, space: int) -> None:
        self._is_whole = self._stays = False
        try:
            self._parser.feed_data(head)
        except HttpParserUpgrade:
            self._ends = True  # nothing here speaks anything else; the answer is the one in HTTP/1.1
        except HttpParserError:
            self._refuse(BAD_REQUEST)
            return
        # The parser has found it well-formed, so the first line is a method, an address and a version.
        line = head.find(b"\r\n")
        method, version = head[:space], head[line - _VERSION_LENGTH : line]
        if not self._is_whole or version not in _VERSIONS:  # with a body: where it ends is nobody's business
            is_other = version in _VERSIONS and method not in (b"GET", b"HEAD")
            self._refuse(METHOD_NOT_ALLOWED if is_other and method.isalpha() else BAD_REQUEST)
            return
        self._ends = self._ends or not self._stays or version == _FORMER
        path = head[space + 1 : line - _VERSION_LENGTH].partition(b"?")[0]
        visit, self._head.octets = self._visit, head
        visit.method, visit.path, visit.at_ms = method, path, self._now_ms()
        reply, self.is_waiting = self._take(visit, self._released)
        self._answer = self._written(reply, is_head=method == b"HEAD")
        if not self.is_waiting:
            self._send()

    def _written(self, reply: Reply, *, is_head: bool) -> bytes:
        if not (self._ends or is_head):
            return reply.start + self._listener.date + reply.rest
        ending = _CLOSE if self._ends else b""
        return b"".join(
            [reply.start, self._listener.date, reply.fields, ending, b"\r\n", b"" if is_head else reply.body]
        )

    def _release(self) -> None:
        """The hit is recorded, or has waited for long enough."""
        self.is_waiting = False
        if not self._is_over:
            self._send()
            if self._buffer or self._is_at_end:
                self._serve()

    def _send(self) -> None:
        self._transport.write(self._answer)
        self.since = self._listener.tick
        if self._ends:
            self._is_over = True
            self._transport.close()

    def _refuse(self, reply: Reply) -> None:
        """Answer, and take nothing more from this client; it is read on for a moment, so that it can read this."""
        self._ends = self._is_over = self.is_due = True
        self._buffer, self.since = b"", self._listener.tick
        self._listener.count_refused(reply)
        self._transport.write(self._written(reply, is_head=False))
        if self._transport.can_write_eof():
            self._transport.write_eof()

    def _hand_over(self) -> None:
        """From here on the connection is the application's."""
        data, self._buffer, self._is_over = self._buffer, b"", True
        self._listener.leave(self)
        protocol, transport = self._others(), self._transport
        transport.pause_reading()  # a transport looks at what kind of protocol it has when it begins to read
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        transport.resume_reading()
        protocol.data_received(data)
