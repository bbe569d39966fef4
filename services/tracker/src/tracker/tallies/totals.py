"""Sums as reports and facts want them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkTotal:
    """Reactions of one kind to one link, by judgement."""

    delivery_number: int
    kind: str
    link_number: int
    part: str
    judgement: str
    count: int


@dataclass(frozen=True, slots=True)
class PeopleTotal:
    """Different recipients who reacted to one thing."""

    delivery_number: int
    kind: str
    link_number: int
    people: int
    humans: int


@dataclass(frozen=True, slots=True)
class PeriodTotal:
    """Reactions of one kind in one period."""

    period_start: datetime
    kind: str
    part: str
    judgement: str
    count: int


@dataclass(frozen=True, slots=True)
class Unstated:
    """Totals that moved since they were last stated."""

    delivery_number: int
    opens: int
    clicks: int
    revision: int
