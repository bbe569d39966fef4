"""What other domains need of the transport."""

from mailer.transport.gateway import Gateway
from mailer.transport.rules import MAX_TEXT, Meaning, Reply, classify, enhanced_code_of, shown
from mailer.transport.session import Answer, ConnectionBroken, NotPermitted, Session

__all__ = [
    "MAX_TEXT",
    "Answer",
    "ConnectionBroken",
    "Gateway",
    "Meaning",
    "NotPermitted",
    "Reply",
    "Session",
    "classify",
    "enhanced_code_of",
    "shown",
]
