"""A mail server that leaves senders in doubt: for some recipients it hangs up where it should say that it has taken."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class DroppingServer(socketserver.ThreadingTCPServer):
    """Hangs up once after the final dot for each recipient called `doubt…`; takes everything else."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.dropped: list[str] = []
        super().__init__(("127.0.0.1", 0), _Conversation)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: DroppingServer

    def handle(self) -> None:
        """Converse until the client leaves, or is left in doubt."""
        recipient = ""
        self._say("220 doubtful.example ESMTP")
        while line := self.rfile.readline(2_000):
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("250-doubtful.example")
                self._say("250 PIPELINING")
            elif verb == b"QUIT":
                self._say("221 2.0.0 bye")
                return
            elif verb == b"RCPT":
                recipient = line.split(b"<", 1)[1].split(b">", 1)[0].decode()
                self._say("250 2.1.5 ok")
            elif verb == b"DATA":
                self._say("354 go on")
                if not self._take_message(recipient):
                    return
            else:
                self._say("250 2.0.0 ok")

    def _take_message(self, recipient: str) -> bool:
        while (line := self.rfile.readline(2_000)) != b".\r\n":
            if not line:
                return False
        if recipient.startswith("doubt") and recipient not in self.server.dropped:
            self.server.dropped.append(recipient)
            return False
        self.server.taken.append(recipient)
        self._say("250 2.0.0 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def dropping() -> Iterator[DroppingServer]:
    """The server while the block runs."""
    with DroppingServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=10)
