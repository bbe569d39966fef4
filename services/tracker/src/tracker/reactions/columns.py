"""Lines of a spool cut into columns, and which of them were not counted yet."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import compress, pairwise

from common.contracts.tracker import ReactionsSpooledV1
from tracker.intake.spool.frames import HEAD_LENGTH
from tracker.intake.spool.record import decode
from tracker.reactions.ranges import Range, merged, uncovered

_WIDTH = 10
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that follow each other, column by column, as text."""

    letters: Sequence[str]
    deliveries: Sequence[str]
    subjects: Sequence[str]
    links: Sequence[str]
    ats: Sequence[str]
    methods: Sequence[str]
    agents: Sequence[str]
    networks: Sequence[str]

    def only(self, wanted: Collection[bool]) -> "Columns":
        """Some of the lines."""
        return Columns(*(list(compress(getattr(self, each.name), wanted)) for each in fields(self)))


def fresh_of(batch: ReactionsSpooledV1, counted: Sequence[Range]) -> tuple[Columns | None, Sequence[Range]]:
    """The lines of a batch that do not begin in a range counted already, and the ranges when they are counted too.

    Raises UnreadableRecord.
    """
    if not batch.lines:
        return None, counted
    offsets, columns = _cut(batch.lines)
    places = _places(batch.lines, offsets)
    whole = (places[0][0], places[-1][1])
    follows = all(one[1] == other[0] for one, other in pairwise(places))
    if follows and not any(first < whole[1] and whole[0] < following for first, following in counted):
        return columns, merged((*counted, whole))
    fresh = set(uncovered(places, counted))
    wanted = []
    for place in places:
        wanted.append(place in fresh)
        fresh.discard(place)  # the second of two that are the same is a repetition
    return (columns.only(wanted) if any(wanted) else None), merged((*counted, *places))


def deliveries_of(blocks: Collection[Columns]) -> set[int]:
    """The numbers of the deliveries that lines are about."""
    return {int(number) for columns in blocks for number in set(columns.deliveries)}


def recipients_of(blocks: Collection[Columns], deliveries: Collection[int]) -> Iterator[tuple[int, int]]:
    """Delivery and subject of the lines about some deliveries."""
    wanted = {str(number) for number in deliveries}
    for columns in blocks:
        for delivery, subject in zip(columns.deliveries, columns.subjects, strict=True):
            if delivery in wanted and subject != "0":
                yield int(delivery), int(subject)


def _cut(lines: Sequence[str]) -> tuple[Sequence[str], Columns]:
    cells = "\t".join(lines).split("\t")
    # Were a column missing in one line and too many in another, versions would not stand below each other.
    if len(cells) != _WIDTH * len(lines) or set(cells[1::_WIDTH]) != {_VERSION}:
        cells = [cell for line in lines for cell in _decoded(line)]
    offsets, _, *columns = (cells[index::_WIDTH] for index in range(_WIDTH))
    return offsets, Columns(*columns)


def _decoded(line: str) -> list[str]:
    offset, _, record = line.partition("\t")
    hit = decode(record)
    facts = (hit.kind.value, hit.delivery_number, hit.subject, hit.link_number, hit.at_ms)
    return [offset, _VERSION, *map(str, facts), hit.method, hit.agent, hit.network]


def _places(lines: Sequence[str], offsets: Sequence[str]) -> Sequence[Range]:
    """The octets that each record takes up in its segment, its frame included."""
    begins = list(map(int, offsets))
    octets = map(len, lines) if all(map(str.isascii, lines)) else [len(line.encode()) for line in lines]
    return [
        (begin, begin + HEAD_LENGTH - 1 + length - digits)
        for begin, length, digits in zip(begins, octets, map(len, offsets), strict=True)
    ]
