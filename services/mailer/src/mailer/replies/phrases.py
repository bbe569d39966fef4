"""What servers write when they do not take a message: the whole table, in the order in which it decides.

The first phrase that is found decides. So what merely happened on the way (time ran out, the sender is disliked) stands
before what sounds alike and would be about the person.
"""

from collections.abc import Iterator

from mailer.replies.kind import Kind
from mailer.replies.lasting import MAYBE_UNKNOWN, MOVED, NO_SERVICE, SYNTAX, UNKNOWN, UNKNOWN_HOST, UNKNOWN_HOST_ABROAD
from mailer.replies.mailboxes import DISABLED, FULL, TOO_LARGE
from mailer.replies.passing import (
    BLOCKED,
    COMMANDS,
    DIRECTORY,
    EXPIRED,
    GREYLISTED,
    LATER,
    RATE,
    REFUSED,
    RELAY,
    SENDER,
    SPAM,
    TROUBLE,
)

__all__ = ["KINDS", "LATER", "MAYBE_UNKNOWN", "TROUBLE", "Kind", "kinds_in"]

KINDS: tuple[Kind, ...] = (
    EXPIRED, SENDER, GREYLISTED, RATE, FULL, TOO_LARGE, DIRECTORY, SYNTAX, MOVED, DISABLED, RELAY, UNKNOWN_HOST_ABROAD,
    UNKNOWN, NO_SERVICE, BLOCKED, SPAM, TROUBLE, UNKNOWN_HOST, MAYBE_UNKNOWN, REFUSED, LATER, COMMANDS,
)  # fmt: skip


def kinds_in(said: str) -> Iterator[tuple[Kind, str]]:
    """The kinds of phrases in a text in its normal form, in the table's order, each with the phrase found."""
    for kind in KINDS:
        phrase = kind.search(said)
        if phrase is not None:
            yield kind, phrase
