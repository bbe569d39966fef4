"""Stating facts to the broker in the name of a service, in the few words of its protocol that this needs."""

import json
import secrets
import socket
from types import TracebackType
from typing import Self

from local_stack.layout import LOOPBACK, Layout, StackError

_SECONDS = 20.0
_LONGEST_LINE = 1 << 20


class Broker:
    """A connection that publishes and waits until the stream has what was published."""

    def __init__(self, layout: Layout, service: str, password: str) -> None:
        try:
            self._socket = socket.create_connection((LOOPBACK, layout.port("nats")), timeout=_SECONDS)
        except OSError as problem:
            raise StackError(f"the broker does not answer ({problem})") from problem
        self._reader = self._socket.makefile("rb")
        self._inbox = f"_INBOX_{service}.seed{secrets.token_hex(8)}"
        self._line()  # INFO: what it can do
        words = {"user": service, "pass": password, "headers": True, "no_responders": True, "verbose": False,
                 "pedantic": False, "name": "tutti seed", "lang": "python", "version": "1"}  # fmt: skip
        self._send(f"CONNECT {json.dumps(words)}\r\nSUB {self._inbox} 1\r\nPING\r\n".encode())
        while self._line() != b"PONG":
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._reader.close()
        self._socket.close()

    def publish(self, subject: str, message_id: str, body: dict[str, object]) -> None:
        """Returns when the stream has it; the same id twice is had once. Raises `StackError`."""
        head = f"NATS/1.0\r\nNats-Msg-Id: {message_id}\r\n\r\n".encode()
        data = json.dumps(body, ensure_ascii=False).encode()
        order = f"HPUB {subject} {self._inbox} {len(head)} {len(head) + len(data)}\r\n".encode()
        self._send(order + head + data + b"\r\n")
        answer = json.loads(self._answer() or b"{}")
        if "stream" not in answer or answer.get("error"):
            raise StackError(f"the broker did not take {subject}: {answer.get('error', 'nobody listens')}")

    def _answer(self) -> bytes:
        """The next message of the inbox, without its headers."""
        while True:
            words = self._line().split(b" ")
            if words[0] in (b"MSG", b"HMSG"):
                octets = self._exactly(int(words[-1]) + 2)[:-2]
                return octets[int(words[-2]) :] if words[0] == b"HMSG" else octets

    def _line(self) -> bytes:
        """A line of the protocol; pings are answered, refusals raised."""
        try:
            line = self._reader.readline(_LONGEST_LINE).rstrip(b"\r\n")
        except OSError as problem:
            raise StackError(f"the broker does not answer ({problem})") from problem
        if line == b"PING":
            self._send(b"PONG\r\n")
        if line.startswith(b"-ERR") or not line:
            raise StackError(f"the broker refused: {line.decode(errors='replace') or 'it closed the connection'}")
        return line

    def _exactly(self, octets: int) -> bytes:
        data = self._reader.read(octets)
        if len(data) != octets:
            raise StackError("the broker closed the connection")
        return data

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as problem:
            raise StackError(f"the broker does not answer ({problem})") from problem
