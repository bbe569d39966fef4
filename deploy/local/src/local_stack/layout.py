"""Where everything of one local stack is: its folder, its ports, its addresses."""

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
SERVICES = ("hub", "lui", "tracker", "mailer")

PORT_OFFSETS = {
    "lui": 0,
    "hub": 1,
    "tracker": 2,
    "mailer": 3,
    "catcher": 4,
    "catcher-smtp": 5,
    "bounces": 6,
    "nats": 7,
    "lui-public": 8,
    "postgres": 9,
}


class StackError(Exception):
    """Something the person at the keyboard must know; the message says what and why."""


@dataclass(frozen=True)
class SmtpServer:
    """A mail server to hand messages to."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "SmtpServer":
        """Read `HOST:PORT`; an IPv6 host stands in brackets. Raises `StackError` when it is neither."""
        host, colon, port = text.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise StackError(f"--smtp wants HOST:PORT, for example 127.0.0.1:2525, not {text!r}")
        return cls(host, int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Layout:
    """The folder and the ports of one stack; two stacks differ in both and never meet."""

    data_dir: Path
    port_base: int = 8080

    def __post_init__(self) -> None:
        if not 0 < self.port_base <= 65535 - max(PORT_OFFSETS.values()):
            raise StackError(f"the port base {self.port_base} leaves no room for {len(PORT_OFFSETS)} ports")

    def port(self, name: str) -> int:
        """The TCP port of a process, by its name in `PORT_OFFSETS`."""
        return self.port_base + PORT_OFFSETS[name]

    def url(self, name: str) -> str:
        """The base URL of what listens there, without a final slash."""
        scheme = "nats" if name == "nats" else "http"
        return f"{scheme}://{LOOPBACK}:{self.port(name)}"

    @property
    def catcher_smtp(self) -> SmtpServer:
        """Where the catcher takes mail."""
        return SmtpServer(LOOPBACK, self.port("catcher-smtp"))

    @property
    def bounces(self) -> SmtpServer:
        """Where mailer takes bounces."""
        return SmtpServer(LOOPBACK, self.port("bounces"))

    @property
    def logs(self) -> Path:
        """Folder of one log file a process."""
        return self.data_dir / "logs"

    @property
    def state_file(self) -> Path:
        """What `status` and `down` read."""
        return self.data_dir / "state.json"

    @property
    def lock_file(self) -> Path:
        """Held by the supervisor for as long as it lives."""
        return self.data_dir / "supervisor.lock"

    @property
    def keys_file(self) -> Path:
        """Every generated secret of the stack."""
        return self.data_dir / "keys.json"

    @property
    def credentials_file(self) -> Path:
        """The first administrator, written by hub."""
        return self.data_dir / "credentials.json"
