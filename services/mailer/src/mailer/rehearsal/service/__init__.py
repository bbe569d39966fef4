"""Rehearsing a job: the same code, a receiver of our own, nobody gets anything."""

from mailer.rehearsal.service.line import RehearsalLine, Seat
from mailer.rehearsal.service.look import get_rehearsal, get_sample
from mailer.rehearsal.service.perform import Rehearsals, RehearsalUnknown
from mailer.rehearsal.service.request import accept, forget_old

__all__ = [
    "RehearsalLine",
    "RehearsalUnknown",
    "Rehearsals",
    "Seat",
    "accept",
    "forget_old",
    "get_rehearsal",
    "get_sample",
]
