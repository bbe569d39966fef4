"""One message on its way: what is asked of the server for it, and what never leaves because it cannot work."""

import re
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from mailer.transport.rules import Reply

C_contra = TypeVar("C_contra", contravariant=True)
"""The connection, which knows its feeder and must not be known here."""

_ATOM = rb"[^\x00-\x20\x7f\"<>()\[\],:;@\\]+"
# Angle brackets are legal in quotes (RFC 5321, 4.1.2), but a server that looks for the end of a path finds them.
_QUOTED = rb'"(?:[\x20\x21\x23-\x3b=\x3f-\x5b\x5d-\x7e\x80-\xff]|\\[\x20-\x3b=\x3f-\x7e])*"'
_LITERAL = rb"\[[^\x00-\x20\x7f\[\]\\<>]+\]"
_MAILBOX = re.compile(rb"(?:" + _ATOM + rb"|" + _QUOTED + rb")@(?:" + _ATOM + rb"|" + _LITERAL + rb")")
_PLAIN: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+="
_AT: Final = ord("@")
_LONGEST_MAILBOX: Final = 320
"""64 for the local part, 255 for the domain (RFC 5321, 4.5.3.1)."""


@dataclass(slots=True, eq=False)
class Transaction:
    """`data` has CRLF only, no line that begins with a dot, and ends in CRLF: nobody looks at it again."""

    mail_from: bytes
    rcpt_to: bytes
    data: bytes
    needs_smtputf8: bool = False
    is_8bit: bool = False
    context: Any = None
    """The feeder's own."""


class Answer(NamedTuple):
    """How a transaction ended: `verb` is the command the reply answered, `.` for the message itself."""

    verb: str
    reply: Reply

    @property
    def is_accepted(self) -> bool:
        """The server took over the message."""
        return self.verb == "." and 200 <= self.reply.code < 300


@dataclass(frozen=True, slots=True)
class Extensions:
    """What the server offered in its answer to EHLO."""

    pipelining: bool = False
    chunking: bool = False
    size: int | None = None
    """Octets of the largest message; None: not said, 0: no fixed limit."""
    eight_bit: bool = False
    smtputf8: bool = False


class FeederOf(Protocol[C_contra]):
    """Gives messages to connections and learns what became of them.

    Plain functions, called from the protocol's callbacks: they never wait and never raise.
    """

    def take(self, connection: C_contra) -> Transaction | None:
        """Another one for this connection now? Whatever is handed out is permitted already."""

    def ended(self, connection: C_contra, transaction: Transaction, answer: Answer) -> None:
        """A final answer for this transaction."""

    def broken(self, connection: C_contra, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        """The connection ended before the answer; `in_doubt`: the end of the message may have left."""

    def closed(self, connection: C_contra, reason: str | None) -> None:
        """After everything else; None: closed on purpose."""


def _here(verb: str, code: int, text: str) -> Answer:
    return Answer(verb, Reply(code, text))


_BAD_SENDER: Final = _here("MAIL", 553, "5.1.7 the return path is no address; not sent")
_BAD_RECIPIENT: Final = _here("RCPT", 553, "5.1.3 this is no address; not sent")
_NO_SMTPUTF8: Final = _here("RCPT", 553, "5.6.7 the gateway does not offer SMTPUTF8; not sent")
_NO_8BITMIME: Final = _here("MAIL", 554, "5.6.3 the gateway does not offer 8BITMIME; not sent")


def _is_mailbox(octets: bytes) -> bool:
    if len(octets) > _LONGEST_MAILBOX:
        return False
    # Nearly all addresses are plain, and this costs a fifth of the grammar.
    if octets.translate(None, _PLAIN) == b"@":
        return octets[0] != _AT and octets[-1] != _AT
    return _MAILBOX.fullmatch(octets) is not None


def refused_here(transaction: Transaction, offered: Extensions) -> Answer | None:
    """Why this transaction cannot work with this server: then the server hears nothing of it; None: it can.

    Any octet that could end a command or a path is refused here, whatever was checked before: no address changes
    the number of commands.
    """
    sender, recipient = transaction.mail_from, transaction.rcpt_to
    if sender and not _is_mailbox(sender):
        return _BAD_SENDER
    if not _is_mailbox(recipient):
        return _BAD_RECIPIENT
    if not offered.smtputf8 and (transaction.needs_smtputf8 or not recipient.isascii() or not sender.isascii()):
        return _NO_SMTPUTF8
    if transaction.is_8bit and not offered.eight_bit:
        return _NO_8BITMIME
    if offered.size and len(transaction.data) > offered.size:
        return _here("MAIL", 552, f"5.3.4 the gateway takes {offered.size} octets at most; not sent")
    return None
