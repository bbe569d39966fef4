"""What other domains need of the transport."""

from mailer.transport.connection import Connection, Feeder
from mailer.transport.opening import GatewayDown, Opener, Step
from mailer.transport.rules import MAX_TEXT, Meaning, Reply, classify, enhanced_code_of, shown
from mailer.transport.target import Patience, Target, TlsPolicy
from mailer.transport.transactions import Answer, Extensions, Transaction
from mailer.transport.watchdog import Watchdog

__all__ = [
    "MAX_TEXT",
    "Answer",
    "Connection",
    "Extensions",
    "Feeder",
    "GatewayDown",
    "Meaning",
    "Opener",
    "Patience",
    "Reply",
    "Step",
    "Target",
    "TlsPolicy",
    "Transaction",
    "Watchdog",
    "classify",
    "enhanced_code_of",
    "shown",
]
