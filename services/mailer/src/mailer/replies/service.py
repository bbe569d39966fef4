"""What other domains need to understand a reply or a report."""

from mailer.replies.codes import accepted_code_of, enhanced_code_of, reply_code_of
from mailer.replies.rules import MAX_TEXT, Meaning, best_status, classify, is_transient, shown

__all__ = [
    "MAX_TEXT",
    "Meaning",
    "accepted_code_of",
    "best_status",
    "classify",
    "enhanced_code_of",
    "is_transient",
    "reply_code_of",
    "shown",
]
