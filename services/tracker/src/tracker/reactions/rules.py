"""Was it a person? Judged from what was kept of a hit, by a numbered set of rules; the facts stay beside it."""

from enum import StrEnum

from tracker.privacy.agents import BROWSER, PROXIES, SCANNERS, family_of

RULES_VERSION = 1
"""Stored with every judgement: a later set can judge the same facts anew."""


class Judgement(StrEnum):
    """Who or what caused a hit, as far as can be told."""

    HUMAN = "human"
    UNKNOWN = "unknown"
    PROXY = "proxy"
    SCANNER = "scanner"


MACHINES = frozenset((Judgement.PROXY, Judgement.SCANNER))
"""What `judged=human` leaves out."""


def judge(method: str, agent: str) -> Judgement:
    """Judge one hit by how it asked and what it called itself (a user agent or a family of them)."""
    family = family_of(agent)
    if method == "HEAD" or family in SCANNERS:
        return Judgement.SCANNER
    if family in PROXIES:
        return Judgement.PROXY
    return Judgement.HUMAN if family == BROWSER else Judgement.UNKNOWN
