"""An SMTP server of any temper: strict, lenient, slow, rude, mad, encrypted or pretending to be.

`smtp.Sink` is for tests of what is sent; this one is for tests of the conversation itself.
"""

import asyncio
import base64
import re
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from tests.support.smtp_script import USUAL, Act, Received, Script, Turn, on

__all__ = ["Act", "Dialect", "Peer", "Received", "Script", "Turn", "a_peer", "on", "verb_of"]

Dialect = Literal["strict", "lenient-LF", "lenient-CR"]
_LINE_ENDS: Final[dict[Dialect, bytes]] = {
    "strict": rb"\r\n",
    "lenient-LF": rb"\r?\n",
    "lenient-CR": rb"\r\n|\r|\n",
}


@dataclass
class Peer:
    """Listens on loopback."""

    script: Script = lambda _: None
    features: tuple[str, ...] = ("PIPELINING", "8BITMIME")
    dialect: Dialect = "strict"
    segment: int = 0
    """Octets of a reply that leave at a time; 0: all."""
    delay: float = 0.0
    """Seconds before each reply to the end of a message."""
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    """Encrypted from the first octet."""
    account: tuple[str, str] | None = None
    commands: list[bytes] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    clear: bytearray = field(default_factory=bytearray)
    """All that came unencrypted."""
    tries: Counter[str] = field(default_factory=Counter)
    connection_count: int = 0
    open_connections: int = 0
    port: int = 0
    conversations: set["_Conversation"] = field(default_factory=set)

    def count(self, verb: str) -> int:
        """How often this command came."""
        return sum(1 for command in self.commands if verb_of(command) == verb)

    @property
    def verbs(self) -> list[str]:
        """Commands in order, without what opens and ends the conversation."""
        verbs = [verb_of(command) for command in self.commands]
        return [verb for verb in verbs if verb not in {"EHLO", "HELO", "QUIT", "STARTTLS", "AUTH"}]


def verb_of(line: bytes) -> str:
    """The command of a line."""
    return line.split(b" ", 1)[0].decode("latin-1").upper()


class _Conversation(asyncio.Protocol):
    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self._buffer = bytearray()
        self._wanted: int | Literal["line", "message"] = "line"
        self._sender = b""
        self._recipient: bytes | None = None
        self._is_chunk_good = True
        self._is_deaf = False
        self._is_encrypted = peer.tls is not None
        self._queue: list[bytes] = []
        self._end_of_line = re.compile(_LINE_ENDS[peer.dialect])
        self._end_of_message = re.compile(
            rb"(?:\A|%b)\.(?:%b)" % (_LINE_ENDS[peer.dialect].join((b"(?:", b")")), _LINE_ENDS[peer.dialect])
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self not in self._peer.conversations:
            self._peer.conversations.add(self)
            self._peer.connection_count += 1
            self._peer.open_connections += 1
            self._do(Turn("connect", b"", "", 1), b"220 peer ESMTP\r\n")

    def connection_lost(self, _: Exception | None) -> None:
        self._is_deaf = True
        if self in self._peer.conversations:
            self._peer.open_connections -= 1
            self._peer.conversations.discard(self)

    def data_received(self, data: bytes) -> None:
        if not self._is_encrypted:
            self._peer.clear += data
        self._buffer += data
        self._work()

    def _work(self) -> None:
        while not self._is_deaf and self._step():
            pass

    def _step(self) -> bool:
        if self._wanted == "line":
            end = self._end_of_line.search(self._buffer)
            if end is None:
                return False
            line = bytes(self._buffer[: end.start()])
            del self._buffer[: end.end()]
            self._command(line)
            return True
        if self._wanted == "message":
            end = self._end_of_message.search(self._buffer)
            if end is None:
                return False
            octets = bytes(self._buffer[: end.start()])
            del self._buffer[: end.end()]
            self._wanted = "line"
            self._message(".", octets + b"\r\n")
            return True
        if len(self._buffer) < self._wanted:
            return False
        octets = bytes(self._buffer[: self._wanted])
        del self._buffer[: self._wanted]
        self._wanted = "line"
        self._message("BDAT", octets)
        return True

    def _command(self, line: bytes) -> None:
        self._peer.commands.append(line)
        verb = verb_of(line)
        if verb in {"EHLO", "STARTTLS", "AUTH"}:
            {"EHLO": self._ehlo, "STARTTLS": self._starttls, "AUTH": self._auth}[verb](line)
        elif verb == "BDAT":
            self._is_chunk_good = self._recipient is not None
            self._wanted = int(line.split(b" ")[1])
        elif verb in USUAL:
            self._envelope(verb, line)
        else:
            self._say(b"500 5.5.1 what\r\n")

    def _envelope(self, verb: str, line: bytes) -> None:
        usual = USUAL[verb]
        if verb == "MAIL":
            usual = b"503 5.5.1 nested\r\n" if self._sender else usual
        elif verb == "RCPT":
            self._peer.tries[_path(line).decode("latin-1")] += 1
            usual = usual if self._sender else b"503 5.5.1 no sender\r\n"
        elif verb == "DATA":
            usual = usual if self._recipient is not None else b"554 5.5.1 no valid recipients\r\n"
        said = self._do(self._turn(verb, line), usual)
        if verb == "MAIL" and said.startswith(b"2"):
            self._sender = line
        elif verb == "RCPT" and said.startswith(b"2"):
            self._recipient = _path(line)
        elif verb == "DATA" and said.startswith(b"354"):
            self._wanted = "message"
        elif verb == "RSET":
            self._sender, self._recipient = b"", None
        elif verb == "QUIT":
            self.transport.close()

    def _message(self, verb: str, octets: bytes) -> None:
        usual = USUAL["."] if self._recipient is not None else b"554 5.5.1 no valid recipients\r\n"
        turn = self._turn(".", verb.encode())
        if self._peer.delay:
            self._is_deaf = True
            asyncio.get_running_loop().call_later(self._peer.delay, self._answer_message, turn, usual, octets)
        else:
            self._answer_message(turn, usual, octets)

    def _answer_message(self, turn: Turn, usual: bytes, octets: bytes) -> None:
        act = self._peer.script(turn)
        said = act.say if act else usual
        if self._recipient is not None and (said.startswith(b"2") or not said):
            self._peer.received.append(Received(_path(self._sender), self._recipient, octets))
        self._sender, self._recipient = b"", None
        if self._peer.delay:
            self._is_deaf = False
        self._perform(act, usual)
        if self._peer.delay:
            self._work()

    def _turn(self, verb: str, line: bytes) -> Turn:
        path = _path(line) if verb == "RCPT" else self._recipient or b""
        address = path.decode("latin-1")
        return Turn(verb, line, address, self._peer.tries[address])

    def _do(self, turn: Turn, usual: bytes) -> bytes:
        act = self._peer.script(turn)
        self._perform(act, usual)
        return act.say if act else usual

    def _perform(self, act: Act | None, usual: bytes) -> None:
        self._say(act.say if act else usual)
        if act is None or act.then == "go on":
            return
        self._is_deaf = True
        if act.then == "drop":
            self.transport.close()

    def _say(self, octets: bytes) -> None:
        if not self._peer.segment:
            if octets and not self.transport.is_closing():
                self.transport.write(octets)
            return
        idle = not self._queue
        size = self._peer.segment
        self._queue += [octets[start : start + size] for start in range(0, len(octets), size)]
        if idle and self._queue:
            asyncio.get_running_loop().call_soon(self._drip)

    def _drip(self) -> None:
        """A segment in each turn of the loop, so that the client reads it alone."""
        if not self.transport.is_closing():
            self.transport.write(self._queue[0])
        del self._queue[0]
        if self._queue:
            asyncio.get_running_loop().call_later(0, self._drip)

    def _ehlo(self, line: bytes) -> None:
        features = [*self._peer.features]
        if self._peer.starttls is not None and not self._is_encrypted:
            features.append("STARTTLS")
        if self._peer.account is not None:
            features.append("AUTH PLAIN LOGIN")
        lines = ["peer", *features]
        usual = b"".join(
            b"250%b%b\r\n" % (b" " if number == len(lines) else b"-", each.encode())
            for number, each in enumerate(lines, 1)
        )
        self._do(self._turn("EHLO", line), usual)

    def _starttls(self, line: bytes) -> None:
        # What the client says next is not for this protocol.
        self.transport.pause_reading()
        said = self._do(self._turn("STARTTLS", line), b"220 go on\r\n")
        if said.startswith(b"2") and self._peer.starttls is not None:
            self._is_encrypted = self._is_deaf = True
            self._sender, self._recipient = b"", None
            task = asyncio.get_running_loop().create_task(self._encrypt(self._peer.starttls))
            _TASKS.add(task)
            task.add_done_callback(_TASKS.discard)
        else:
            self.transport.resume_reading()

    async def _encrypt(self, context: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        try:
            encrypted = await loop.start_tls(self.transport, self, context, server_side=True)
        except (ssl.SSLError, OSError):
            self.transport.abort()
            return
        if encrypted is not None:
            self.transport = encrypted
            self._is_deaf = False
            self._work()

    def _auth(self, line: bytes) -> None:
        user, password = self._peer.account or ("", "")
        wanted = base64.b64encode(f"\0{user}\0{password}".encode())
        is_right = line.split(b" ")[1:] == [b"PLAIN", wanted]
        self._say(b"235 2.7.0 welcome\r\n" if is_right else b"535 5.7.8 wrong user name or password\r\n")


_TASKS: set["asyncio.Task[None]"] = set()


def _path(line: bytes) -> bytes:
    found = re.search(rb"<(.*)>", line, re.DOTALL)
    return found.group(1) if found else b""


@asynccontextmanager
async def a_peer(peer: Peer | None = None) -> AsyncIterator[Peer]:
    """A listening peer."""
    peer = peer or Peer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Conversation(peer), "127.0.0.1", 0, ssl=peer.tls, backlog=1024)
    peer.port = server.sockets[0].getsockname()[1]
    try:
        yield peer
    finally:
        server.close()
        for conversation in tuple(peer.conversations):
            conversation.transport.abort()
        for task in tuple(_TASKS):
            task.cancel()
        await asyncio.gather(*_TASKS, return_exceptions=True)
