"""Who a suppression stands for, and what it takes to suppress an address."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from common.contracts.mailer import BounceClass
from mailer.config import NEVER_THE_PERSON
from mailer.suppression.schemas import MAX_ADDRESS

_LOCAL = re.compile(r"[^\s\x00-\x20\x7f@<>(),;:\\\"\[\]]{1,64}")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


@dataclass(frozen=True, slots=True)
class StreakPolicy:
    """How many failed mailings in a row, over how long, end the writing."""

    count: int
    span: timedelta
    gap: timedelta
    """Failures of mailings closer together than this count as one; zero counts each."""


def address_hash(address: str) -> bytes:
    """What suppressions and the gate compare: case never makes two people of one address."""
    return hashlib.sha256(address.strip().lower().encode()).digest()


def fault_of(address: str) -> str | None:
    """What is wrong with an address somebody typed, in plain words; None when nothing is."""
    local, at, domain = address.rpartition("@")
    if not at:
        return "this is not a mail address: it has no @"
    if len(address) > MAX_ADDRESS or not _LOCAL.fullmatch(local):
        return "this is not a mail address: look at the part before the @"
    labels = domain.split(".")
    if len(domain) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "this is not a mail address: look at the part behind the @"
    return None


def searched(text: str) -> str:
    """The beginning of an address as the database compares it."""
    return unicodedata.normalize("NFC", text).strip().lower()


def is_final(enhanced_code: str | None, reply_code: int | None) -> bool:
    """Whether a server said that trying again is pointless."""
    return enhanced_code.startswith("5") if enhanced_code else bool(reply_code and reply_code >= 500)


def ends_at_once(bounce_class: BounceClass, *, is_permanent: bool, at_once: Collection[BounceClass]) -> bool:
    """Whether one report is enough."""
    return is_permanent and bounce_class in at_once and bounce_class not in NEVER_THE_PERSON


def has_streak(failed: Sequence[datetime], succeeded: Sequence[datetime], policy: StreakPolicy) -> bool:
    """Whether the mailings that failed last did so in a row, often and for long enough.

    A mailing that got through after a failure wipes out what was before it.
    """
    since = max(succeeded, default=None)
    run = sorted(at for at in failed if since is None or at > since)
    if len(run) < policy.count or run[-1] - run[0] < policy.span:
        return False
    counted = 1 + sum(later - earlier >= policy.gap for earlier, later in pairwise(run))
    return counted >= policy.count
