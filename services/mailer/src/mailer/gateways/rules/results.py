"""How a transaction ended, as far as pacing is concerned."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Reply(Protocol):
    """What a server said; `transport.service.Reply` is one."""

    @property
    def code(self) -> int:
        """Three digits."""

    @property
    def text(self) -> str:
        """Its lines, joined by blanks."""


class Kind(Enum):
    """What became of an admitted transaction."""

    ACCEPTED = 1
    DEFERRED = 2
    REFUSED = 3
    BROKEN = 4


@dataclass(frozen=True, slots=True)
class Result:
    """The end of an admitted transaction; `ACCEPTED` and `BROKEN` are made once, the others carry the reply."""

    kind: Kind
    reply: Reply | None = None

    @classmethod
    def deferred(cls, reply: Reply) -> "Result":
        """A temporary refusal."""
        return cls(Kind.DEFERRED, reply)

    @classmethod
    def refused(cls, reply: Reply) -> "Result":
        """A refusal for good."""
        return cls(Kind.REFUSED, reply)


ACCEPTED = Result(Kind.ACCEPTED)
BROKEN = Result(Kind.BROKEN)


@dataclass(frozen=True, slots=True)
class Slowness:
    """One reason why things do not go faster."""

    code: str
    destination: str | None
    detail: str
    """In plain words."""
    until: float | None
    """On the pacer's clock; None: nobody knows."""


_PRESSURE = frozenset({421, 450, 451, 452})
_GREYLISTING = ("greylist", "graylist", "grey list", "gray list", "grey-list", "gray-list")
_BLOCKED = ("block", "blacklist", "black list", "reputation", "spam", "policy", "denied", "banned")
_SIGN_IN = frozenset({530, 534, 535, 538})


def is_pressure(reply: Reply) -> bool:
    """Whether a temporary refusal asks the sender to slow down.

    A full mailbox (4.2.x), an address (4.1.x) and greylisting concern one recipient: going slower helps nobody.
    """
    text = reply.text
    if text.startswith(("4.1.", "4.2.")):
        return False
    if reply.code not in _PRESSURE and not text.startswith("4.7."):
        return False
    if reply.code == 421:
        return True
    said = text[:500].lower()
    return not any(word in said for word in _GREYLISTING)


def is_policy_block(reply: Reply) -> bool:
    """Whether a refusal for good is about who sends, not about whom it is sent to."""
    text = reply.text
    if text[:2] in {"5.", "4."}:
        return text.startswith("5.7.")
    said = text[:500].lower()
    return reply.code in {550, 554, 571} and any(word in said for word in _BLOCKED)


def wants_sign_in(reply: Reply) -> bool:
    """Whether a refusal says that we did not introduce ourselves properly; no message would be taken."""
    return reply.code in _SIGN_IN
