"""Was it a person? Judged from what was kept of a hit, by a numbered set of rules; the facts stay beside it.

Rules are asked in order, and the first that has an answer decides; its name is kept with the judgement. Those about
one hit alone judge when it comes in. Those about what else is known of the recipient (how soon after acceptance, how
many links at once) judge when that can be known, at personal only, since nowhere else does anybody know it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, KeysView, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tracker.privacy.agents import BROWSER, PROXIES, SCANNERS, family_of

RULES_VERSION = 2
"""Stored with every judgement: a later set can judge the same facts anew."""


class Judgement(StrEnum):
    """Who or what caused a hit, as far as can be told."""

    HUMAN = "human"
    UNKNOWN = "unknown"
    PROXY = "proxy"
    SCANNER = "scanner"


MACHINES = frozenset((Judgement.PROXY, Judgement.SCANNER))
"""What `judged=human` leaves out."""


class Rule(StrEnum):
    """What decided."""

    HEAD = "head"
    NAMED_SCANNER = "named_scanner"
    NAMED_PROXY = "named_proxy"
    SCANNING_NETWORK = "scanning_network"
    AT_ONCE = "at_once"
    LINKS_IN_A_BURST = "links_in_a_burst"
    ALL_LINKS = "all_links"
    BROWSER = "browser"
    UNNAMED = "unnamed"


AT_ONCE_MS = 10_000
"""Nobody reads a message this soon after the next server took it."""
BURST_MS = 2_000
BURST_LINKS = 3
"""Different links that nobody follows within `BURST_MS`."""
ALL_LINKS_MS = 10_000
"""Nobody follows every link of a part (of at least `BURST_LINKS`) within this."""
CONTEXT_MS = max(BURST_MS, ALL_LINKS_MS)
"""How far apart clicks can be and still say something of each other."""
SCANNING_NETWORKS = frozenset(("barracuda", "microsoft_mail"))
"""From which nobody reads mail (`networks`)."""

EXPLANATIONS = MappingProxyType(
    {
        Rule.HEAD: "It asked for the headers only (HEAD); people's programs ask for the thing itself",
        Rule.NAMED_SCANNER: "Its name is that of a scanner, a crawler or a script",
        Rule.NAMED_PROXY: "Its name is that of a mail provider's proxy, which loads pictures for or before people",
        Rule.SCANNING_NETWORK: "It came from a network that is published as a mail filter's",
        Rule.AT_ONCE: f"It came within {AT_ONCE_MS // 1000} seconds after the next server had taken the message",
        Rule.LINKS_IN_A_BURST: f"{BURST_LINKS} or more links were followed within {BURST_MS // 1000} seconds",
        Rule.ALL_LINKS: f"Every link of a part was followed within {ALL_LINKS_MS // 1000} seconds",
        Rule.BROWSER: "It called itself a browser, and nothing speaks against it",
        Rule.UNNAMED: "It did not say what it is",
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement and what decided."""

    judgement: Judgement
    rule: Rule

    @property
    def is_machine(self) -> bool:
        """Whether `judged=human` leaves it out."""
        return self.judgement in MACHINES


_SCANNER_HEAD = Verdict(Judgement.SCANNER, Rule.HEAD)
_NAMED_SCANNER = Verdict(Judgement.SCANNER, Rule.NAMED_SCANNER)
_NAMED_PROXY = Verdict(Judgement.PROXY, Rule.NAMED_PROXY)
_SCANNING_NETWORK = Verdict(Judgement.SCANNER, Rule.SCANNING_NETWORK)
_AT_ONCE = Verdict(Judgement.SCANNER, Rule.AT_ONCE)
_IN_A_BURST = Verdict(Judgement.SCANNER, Rule.LINKS_IN_A_BURST)
_ALL_LINKS = Verdict(Judgement.SCANNER, Rule.ALL_LINKS)
_BROWSER = Verdict(Judgement.HUMAN, Rule.BROWSER)
_UNNAMED = Verdict(Judgement.UNKNOWN, Rule.UNNAMED)

JUDGES = MappingProxyType(
    {
        each.rule: each.judgement
        for each in (
            _SCANNER_HEAD,
            _NAMED_SCANNER,
            _NAMED_PROXY,
            _SCANNING_NETWORK,
            _AT_ONCE,
            _IN_A_BURST,
            _ALL_LINKS,
            _BROWSER,
            _UNNAMED,
        )
    }
)
"""What each rule comes to."""


def judge(method: str, agent: str, network_class: str = "") -> Verdict:
    """Judge one hit by itself: how it asked, what it called itself (or the family of that), from whose network."""
    family = family_of(agent)
    if method == "HEAD":
        return _SCANNER_HEAD
    if family in SCANNERS:
        return _NAMED_SCANNER
    if family in PROXIES:
        return _NAMED_PROXY
    if network_class in SCANNING_NETWORKS:
        return _SCANNING_NETWORK
    return _BROWSER if family == BROWSER else _UNNAMED


def judge_delayed(alone: Verdict, delay_ms: int | None) -> Verdict:
    """The same with its delay since acceptance. A proxy stays a proxy: it is known to load things at once."""
    if alone.is_machine or delay_ms is None or delay_ms >= AT_ONCE_MS:
        return alone
    return _AT_ONCE


def judge_together(
    clicks: Sequence[tuple[int, int]], links_of_parts: Sequence[frozenset[int]]
) -> Sequence[Verdict | None]:
    """Judge the clicks of one recipient, given as (milliseconds, link) in order of time, by each other.

    None: nothing about this click speaks for a machine.
    """
    verdicts: list[Verdict | None] = [None] * len(clicks)
    for index in _crowded(clicks, BURST_MS, lambda links: len(links) >= BURST_LINKS):
        verdicts[index] = _IN_A_BURST
    for whole in links_of_parts:
        if len(whole) >= BURST_LINKS:
            for index in _crowded(clicks, ALL_LINKS_MS, lambda links, whole=whole: whole <= links):  # type: ignore[misc]
                if clicks[index][1] in whole:
                    verdicts[index] = verdicts[index] or _ALL_LINKS
    return verdicts


def _crowded(
    clicks: Sequence[tuple[int, int]], width_ms: int, is_crowd: Callable[[KeysView[int]], bool]
) -> Iterator[int]:
    """The clicks that lie together, within less than `width_ms`, with links that make a crowd.

    One pass, however many there are: somebody may follow links a thousand times a second.
    """
    within: Counter[int] = Counter()
    end = told = 0
    for begin, (at, link) in enumerate(clicks):
        while end < len(clicks) and clicks[end][0] - at < width_ms:
            within[clicks[end][1]] += 1
            end += 1
        if is_crowd(within.keys()):
            yield from range(max(told, begin), end)
            told = end
        within[link] -= 1
        if not within[link]:
            del within[link]
