"""Which links a label means in a delivery, and which counter of people counts exactly those."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tracker.plans.groups import ANY, ANY_IN_HTML, ANY_IN_TEXT

Part = Literal["html", "text"]
_OF_PART: Mapping[Part, int] = {"html": ANY_IN_HTML, "text": ANY_IN_TEXT}


class Link(Protocol):
    """A link of a tracking plan."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def part(self) -> Part:
        """Where it stands."""

    @property
    def url(self) -> str:
        """Its target."""

    @property
    def alias(self) -> str | None:
        """What its author calls it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a source means in one delivery: `links` None is every one of the kind and part."""

    links: frozenset[int] | None
    part: Part | None


def label_of(link: Link) -> str:
    """What a link is called in reports: its alias, else its URL. Links with one alias are one."""
    return link.alias or link.url


def labelled(links: Sequence[Link], labels: Collection[str] | None, part: Part | None) -> dict[str, frozenset[int]]:
    """Numbers by label, in the order of first occurrence, of the labels asked for (None: of all)."""
    wanted = None if labels is None else frozenset(labels)
    found: dict[str, set[int]] = {}
    for link in links:
        label = label_of(link)
        if (wanted is None or label in wanted) and part in (None, link.part):
            found.setdefault(label, set()).add(link.number)
    return {label: frozenset(numbers) for label, numbers in found.items()}


def meaning(links: Sequence[Link], labels: Collection[str] | None, part: Part | None) -> Meaning:
    """What labels (None: every link) of a part (None: of both) mean in one delivery."""
    if labels is None:
        return Meaning(None, part)
    return Meaning(frozenset().union(*labelled(links, labels, part).values()), part)


def people_counter(links: Sequence[Link], groups: Mapping[str, int], meant: Meaning) -> int | None:
    """The link number under which the people of exactly these links are counted; None: there is no such counter."""
    of_part = {link.number for link in links if meant.part in (None, link.part)}
    if meant.links is None or (meant.links and meant.links == of_part):
        return ANY if meant.part is None else _OF_PART[meant.part]
    if len(meant.links) == 1:
        return next(iter(meant.links))
    by_part: dict[Part, set[int]] = {"html": set(), "text": set()}
    by_alias: dict[str, set[int]] = {}
    for link in links:
        by_part[link.part].add(link.number)
        if link.alias:
            by_alias.setdefault(link.alias, set()).add(link.number)
    for part, number in _OF_PART.items():
        if meant.links and meant.links == by_part[part]:
            return number
    return next(
        (groups[alias] for alias, numbers in by_alias.items() if alias in groups and numbers == meant.links), None
    )
