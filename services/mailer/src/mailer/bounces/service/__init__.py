"""Use cases on what comes back."""

from mailer.bounces.service.bitset import bounced_bitset
from mailer.bounces.service.look import (
    Export,
    bounces_of,
    export_bounces,
    list_sources,
    resume_suppression,
)
from mailer.bounces.service.sources import (
    Counted,
    keep_position,
    lease,
    note_counts,
    note_known,
    note_problem,
    position_of,
)
from mailer.bounces.service.take_in import Arrival, Effect, Terms, take_in
from mailer.bounces.service.tend import judge_streaks, purge, try_again

__all__ = [
    "Arrival",
    "Counted",
    "Effect",
    "Export",
    "Terms",
    "bounced_bitset",
    "bounces_of",
    "export_bounces",
    "judge_streaks",
    "keep_position",
    "lease",
    "list_sources",
    "note_counts",
    "note_known",
    "note_problem",
    "position_of",
    "purge",
    "resume_suppression",
    "take_in",
    "try_again",
]
