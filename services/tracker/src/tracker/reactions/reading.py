"""Pages of raw reactions, for the event details."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Place = tuple[datetime, int]
"""When, and in which order taken in: the order of pages, and what tells two reactions apart."""

_COLUMNS = "at, place, delivery_number, kind, subject, link_number, part, judgement, agent, network_class, rule"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which reactions, and where to go on."""

    kind: str
    numbers: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...] | None = None
    """Delivery and link; None: every link."""
    part: str | None = None
    judgements: tuple[str, ...] | None = None
    start: datetime | None = None
    end: datetime | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class RawReaction:
    """One recorded reaction as it is kept."""

    place: Place
    delivery_number: int
    kind: str
    subject: int
    link_number: int
    part: str
    judgement: str
    agent: str
    network_class: str
    rule: str


async def page_of_reactions(session: AsyncSession, wanted: Stretch, *, limit: int) -> Sequence[RawReaction]:
    """Reactions in order of their places, from the one following `wanted.after`.

    Each delivery gives its own first rows by its index; the first of those are the first of all.
    """
    where, values = _where(wanted)
    rows = await session.execute(
        text(
            f"SELECT {_COLUMNS} FROM unnest(CAST(:numbers AS bigint[])) AS n(number)"  # noqa: S608
            f" CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM tracker.reactions AS r"
            f"  WHERE r.delivery_number = n.number AND {where} ORDER BY r.at, r.place LIMIT :limit) AS found"
            " ORDER BY at, place LIMIT :limit"
        ),
        {"numbers": list(wanted.numbers), "limit": limit, **values},
    )
    return [RawReaction((row[0], row[1]), *row[2:]) for row in rows]


def _where(wanted: Stretch) -> tuple[str, dict[str, Any]]:
    terms = ["r.kind = :kind"]
    values: dict[str, Any] = {"kind": wanted.kind}
    if wanted.after is not None:
        # The first term is what finds the partition and the place in the index.
        terms.append("r.at >= :after_at AND (r.at, r.place) > (:after_at, :after_place)")
        values |= {"after_at": wanted.after[0], "after_place": wanted.after[1]}
    if wanted.pairs is not None:
        terms.append("r.link_number = ANY(CAST(:links AS integer[]))")
        terms.append(
            "(r.delivery_number, r.link_number) IN"
            " (SELECT * FROM unnest(CAST(:deliveries AS bigint[]), CAST(:links AS integer[])))"
        )
        values["deliveries"] = [delivery for delivery, _ in wanted.pairs]
        values["links"] = [link for _, link in wanted.pairs]
    if wanted.judgements is not None:
        terms.append("r.judgement = ANY(CAST(:judgements AS text[]))")
        values["judgements"] = list(wanted.judgements)
    given = {"r.part = :part": wanted.part, "r.at >= :start": wanted.start, "r.at < :end": wanted.end}
    for term, value in given.items():
        if value is not None:
            terms.append(term)
            values[term.rpartition(":")[2]] = value
    return " AND ".join(terms), values
