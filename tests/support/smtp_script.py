"""What an SMTP server of any temper is told to do, and what it received."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

USUAL: Final = {
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT": b"250 2.1.5 ok\r\n",
    "DATA": b"354 go on\r\n",
    ".": b"250 2.0.0 taken\r\n",
    "BDAT": b"250 2.0.0 taken\r\n",
    "RSET": b"250 2.0.0 afresh\r\n",
    "QUIT": b"221 2.0.0 bye\r\n",
    "HELO": b"250 peer\r\n",
}
"""What any server says."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A command that was received, or the end of a message (`.`), or the beginning (`connect`)."""

    verb: str
    line: bytes
    address: str
    """Of the recipient of the transaction, if there is one by now."""
    tried: int
    """How often a recipient of this address was given, from 1."""


@dataclass(frozen=True, slots=True)
class Act:
    """Instead of the usual reply."""

    say: bytes = b""
    then: Literal["go on", "drop", "silence"] = "go on"


Script = Callable[[Turn], Act | None]


def on(verb: str, say: bytes = b"", then: Literal["go on", "drop", "silence"] = "go on", *, tried: int = 0) -> Script:
    """Do this whenever it is `verb`'s turn, or only at an address's first, second … try."""
    return lambda turn: Act(say, then) if turn.verb == verb and tried in {0, turn.tried} else None


@dataclass(frozen=True)
class Received:
    """A message that was accepted; `octets` as they came, without the end."""

    mail_from: bytes
    rcpt_to: bytes
    octets: bytes
