"""How tracker's counts and lui's links become one table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from common.contracts.lui import TrackedLinkV1, TrackingPlanV1
from common.contracts.problem import Invalid
from lui.reports.schemas.summary import LinkRow

_Key = tuple[int, str, str, str]


class CountedLink(Protocol):
    """A link as tracker counts it."""

    @property
    def number(self) -> int:
        """Its number in the tracking plan."""

    @property
    def part(self) -> Literal["html", "text"]:
        """Where it stands."""

    @property
    def url(self) -> str:
        """Its target, or the template of it."""

    @property
    def alias(self) -> str | None:
        """What its author calls it."""

    @property
    def total(self) -> int:
        """All hits."""

    @property
    def unique(self) -> int | None:
        """Recipients, None where nobody knows."""


@dataclass(frozen=True)
class _Counts:
    total: int
    unique: int | None


def link_rows(plans: Sequence[TrackingPlanV1], counted: Iterable[CountedLink]) -> list[LinkRow]:
    """One row per link of the plans, by number; a link nobody followed has a row too.

    The same address under two aliases is two rows, and so is a number that stood for another target earlier.
    """
    counts = {_key(link): _Counts(link.total, link.unique) for link in counted}
    links = {_key(link): link for plan in plans for link in plan.links}
    nothing = _Counts(0, 0 if plans and all(knows_recipients(plan) for plan in plans) else None)
    rows = []
    for key, link in sorted(links.items(), key=lambda item: item[0]):
        count = counts.get(key, nothing)
        rows.append(
            LinkRow(
                link_id=str(link.number),
                part=link.part,
                url=link.url,
                alias=link.alias,
                total=count.total,
                unique=count.unique,
            )
        )
    return rows


def _key(link: CountedLink | TrackedLinkV1) -> _Key:
    return link.number, link.part, link.url, link.alias or ""


def knows_recipients(plan: TrackingPlanV1) -> bool:
    """Whether the level can tell one recipient's second hit from another's first (`unique` and `personal`)."""
    return plan.level in {"unique", "personal"}


def require_time_zone(name: str) -> None:
    """Raises Invalid unless `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(("/time_zone", "this is not the IANA name of a time zone, such as Europe/Berlin")) from error
