"""The wire as a value: a client's transport and a server that is one state machine, driven octet by octet by a test."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

Fate = dict[str, bytes]
"""Replies instead of the usual ones, by verb; `.` is the end of a message."""


class IllegalCommand(AssertionError):
    """No client says that now."""


@dataclass
class ModelServer:
    """Takes octets, answers when it is told to, and refuses to understand what RFC 5321 does not allow."""

    fate_of: Callable[[bytes], Fate] = lambda _: {}
    heard: bytearray = field(default_factory=bytearray)
    said: bytearray = field(default_factory=bytearray)
    accepted: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Recipient and octets of each message that was accepted."""
    complete: list[bytes] = field(default_factory=list)
    """Recipients whose message came to its end, whatever was said to that."""
    commands: list[bytes] = field(default_factory=list)
    is_gone: bool = False
    _fate: Fate = field(default_factory=dict)
    _mail: bool = False
    _rcpt: bytes | None = None
    _wanted: int | None = None
    _in_message: bool = False

    def work(self) -> bool:
        """One command or one message; whether there was one."""
        if self.is_gone:
            return False
        if self._wanted is not None:
            if len(self.heard) < self._wanted:
                return False
            octets = self._cut(self._wanted)
            self._wanted = None
            self._end(octets)
            return True
        if self._in_message:
            return self._message()
        end = self.heard.find(b"\r\n")
        if end < 0:
            return False
        self._command(self._cut(end + 2)[:-2])
        return True

    def _message(self) -> bool:
        if self.heard.startswith(b".\r\n"):
            octets = self._cut(3)[:0]
        elif (end := self.heard.find(b"\r\n.\r\n")) >= 0:
            octets = self._cut(end + 5)[:-3]
        else:
            return False
        self._in_message = False
        self._end(octets)
        return True

    def _cut(self, length: int) -> bytes:
        octets = bytes(self.heard[:length])
        del self.heard[:length]
        return octets

    def _command(self, line: bytes) -> None:
        self.commands.append(line)
        verb = line.split(b" ")[0].split(b":")[0].decode()
        answer = {"MAIL": self._on_mail, "RCPT": self._on_rcpt, "DATA": self._on_data, "BDAT": self._on_bdat}.get(verb)
        if answer is not None:
            answer(line)
        elif line == b"RSET":
            self._mail, self._rcpt = False, None
            self._say(b"250 afresh")
        elif line == b"QUIT":
            self._say(b"221 bye")
            self.is_gone = True
        else:
            raise IllegalCommand(line)

    def _on_mail(self, line: bytes) -> None:
        if self._mail:
            raise IllegalCommand(b"nested " + line)
        # The test's senders name the recipient, so that a refusal of MAIL can be meant for somebody.
        self._fate = self.fate_of(line[line.index(b"<") + 1 : line.index(b">")])
        said = self._fate.get("MAIL", b"250 sender ok")
        self._mail = said.startswith(b"2")
        self._say(said)

    def _on_rcpt(self, line: bytes) -> None:
        said = self._fate.get("RCPT", b"250 recipient ok") if self._mail else b"503 no sender"
        if said.startswith(b"2"):
            self._rcpt = line[line.index(b"<") + 1 : line.index(b">")]
        self._say(said)

    def _on_data(self, _: bytes) -> None:
        said = self._fate.get("DATA", b"354 go on" if self._rcpt is not None else b"503 nobody to send to")
        self._in_message = said.startswith(b"354")
        self._say(said)

    def _on_bdat(self, line: bytes) -> None:
        self._wanted = int(line.split(b" ")[1])

    def _end(self, octets: bytes) -> None:
        recipient, self._mail, self._rcpt = self._rcpt, False, None
        said = self._fate.get(".", b"250 taken") if recipient is not None else b"554 for nobody"
        if recipient is not None:
            self.complete.append(recipient)
            if said.startswith(b"2"):
                self.accepted.append((recipient, octets))
        self._say(said)

    def _say(self, text: bytes) -> None:
        self.said += text + b"\r\n"
        if text.startswith(b"421"):
            self.is_gone = True


class ModelTransport(asyncio.Transport):
    """Hands what is written to the server at once; reading is the test's business."""

    def __init__(self, server: ModelServer) -> None:
        super().__init__()
        self._server = server
        self.written = bytearray()
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.is_closed, "written after the end"
        self.written += data
        self._server.heard += data

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def close(self) -> None:
        self.is_closed = True

    def abort(self) -> None:
        self.is_closed = True
