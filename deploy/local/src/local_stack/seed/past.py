"""What recipients did in months gone by, as an intake of tracker would have written it down."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from local_stack.demo.cast import Part
from local_stack.seed import people
from local_stack.seed.catalogue import Level, Mailing, Reactions, first_of

_HOUR_MS = 3_600_000
_BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
)
_PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
_SHARES = (0.42, 0.24, 0.17, 0.12, 0.05)
"""How clicks fall upon the links, in their order."""
_FRAME_OCTETS = 8
_LINES = 500


@dataclass(frozen=True)
class Delivered:
    """A delivery as tracker knows it."""

    mailing: Mailing
    number: int
    links: dict[Part, Sequence[int]]
    """Their numbers, in the order in which they stand in the part."""


@dataclass(frozen=True)
class Batch:
    """Lines of one file, with the place of the first, and the place after the last."""

    spool_id: str
    first_offset: int
    next_offset: int
    lines: tuple[str, ...]

    @property
    def message_id(self) -> str:
        """Drops repetitions."""
        return f"{self.spool_id}:0:{self.first_offset}-{self.next_offset}"

    def fact(self) -> dict[str, object]:
        """The body of `tracker.reactions.spooled.v1`."""
        return {
            "spool_id": self.spool_id,
            "segment": 0,
            "first_offset": self.first_offset,
            "lines": list(self.lines),
        }


def batches(delivered: Delivered, today: date) -> Iterator[Batch]:
    """Everything that was done with a delivery, in the order of time; the same every time it is asked."""
    chance = random.Random(delivered.mailing.key)  # noqa: S311 - the same reactions every time
    records = [
        record
        for months_ago, reactions in sorted(delivered.mailing.reactions.items(), reverse=True)
        for record in _month(delivered, reactions, first_of(today, months_ago), chance)
    ]
    # The number is another one in every installation, and the file of one must not pass for the file of another.
    spool_id, offset = f"seed-{delivered.number}-{delivered.mailing.key}", 0
    for start in range(0, len(records), _LINES):
        lines, first = [], offset
        for record in records[start : start + _LINES]:
            lines.append(f"{offset}\t{record}")
            offset += _FRAME_OCTETS + len(record.encode())
        yield Batch(spool_id, first, offset, tuple(lines))


def _month(delivered: Delivered, reactions: Reactions, month: date, chance: random.Random) -> list[str]:
    hits = [(_instant(month, chance), "o", 0, "html") for _ in range(reactions.opens)]
    parts: tuple[tuple[Part, int], ...] = (("html", reactions.html), ("text", reactions.text))
    for part, count in parts:
        for link, times in zip(delivered.links[part], _divided(count), strict=True):
            hits += [(_instant(month, chance), "c", link, part) for _ in range(times)]
    hits.sort()
    return [_record(delivered, hit, chance) for hit in hits]


def _divided(count: int) -> list[int]:
    """The count over the links; what rounding leaves goes to the first."""
    rest = [int(count * share) for share in _SHARES[1:]]
    return [count - sum(rest), *rest]


def _instant(month: date, chance: random.Random) -> int:
    """Milliseconds, mostly soon after the second; never on the first or last day, wherever the month is looked at."""
    days = (first_of(month, -1) - month).days
    day = min(1 + int(chance.expovariate(0.25)), days - 2)
    hour = min(max(chance.gauss(13, 4), 5), 22)
    start = datetime(month.year, month.month, month.day, tzinfo=UTC) + timedelta(days=day, hours=hour)
    return int(start.timestamp() * 1000) + chance.randrange(_HOUR_MS // 2)


def _record(delivered: Delivered, hit: tuple[int, str, int, str], chance: random.Random) -> str:
    at_ms, kind, link, part = hit
    level = delivered.mailing.level
    who = _somebody(part, chance)
    agent = _PROXY if kind == "o" and who % 9 == 0 else _BROWSERS[who % len(_BROWSERS)]
    if level != "personal":  # what no intake would have kept is not made up either
        at_ms, agent = at_ms - at_ms % _HOUR_MS, "GoogleImageProxy" if agent is _PROXY else "Mozilla"
    columns = ("1", kind, delivered.number, _subject(level, delivered, who), link, at_ms, "GET", agent, "")
    return "\t".join(map(str, columns))


def _somebody(part: str, chance: random.Random) -> int:
    """Few do much, most do little."""
    while True:
        ordinal = 1 + int(people.COUNT * chance.random() ** 1.6)
        if people.reads_text(ordinal) is (part == "text"):
            return ordinal


def _subject(level: Level, delivered: Delivered, ordinal: int) -> int:
    if level == "blind":
        return 0
    if level == "personal":
        return ordinal
    return random.Random(f"{delivered.mailing.key}{ordinal}").randrange(1, 2**48)  # noqa: S311 - stands for a pseudonym
