"""Where mail is handed to, and how patiently."""

from dataclasses import dataclass, field
from typing import Literal, Self

from mailer.config import SmtpSettings

TlsPolicy = Literal["none", "opportunistic", "required", "verified"]
"""opportunistic: encrypted if offered, unproven; required: encrypted or nothing; verified: and proven for the host."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for each phase (RFC 5321, 4.5.3.2)."""

    connect: float = 30.0
    """From the first packet until the connection is greeted, encrypted and signed in."""
    command: float = 120.0
    data: float = 120.0
    """For the server to take the next block of a message."""
    dot: float = 300.0
    """From the end of a message to the answer; a short one makes duplicates (RFC 1047)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One SMTP server, and how to talk to it."""

    host: str
    port: int = 25
    tls: TlsPolicy = "opportunistic"
    user: str = ""
    password: str = field(default="", repr=False)
    helo: str = "localhost"
    timeouts: Patience = Patience()
    messages_per_connection: int = 500
    idle_seconds: float = 15.0
    chunking: bool = False
    """Whether several messages may be under way at once (RFC 3030); widens what is in doubt after a break."""

    @classmethod
    def of(cls, settings: SmtpSettings) -> Self:
        """The server that the deployment names."""
        return cls(
            host=settings.host,
            port=settings.port,
            tls=settings.tls,
            user=settings.user,
            password=settings.password.get_secret_value(),
            helo=settings.helo,
            timeouts=Patience(
                settings.connect_seconds, settings.command_seconds, settings.data_seconds, settings.dot_seconds
            ),
            messages_per_connection=settings.messages_per_connection,
            idle_seconds=settings.idle_seconds,
        )
