"""Lines of a spool cut into columns, and which of them were not counted yet."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from common.contracts.tracker import ReactionsSpooledV1
from tracker.intake.spool.frames import HEAD_LENGTH
from tracker.intake.spool.record import decode
from tracker.reactions.ranges import Range, merged, uncovered

_WIDTH = 9
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Columns:
    """Records column by column, as text; those that are alike are one, with their number."""

    letters: Sequence[str]
    deliveries: Sequence[str]
    subjects: Sequence[str]
    links: Sequence[str]
    ats: Sequence[str]
    methods: Sequence[str]
    agents: Sequence[str]
    networks: Sequence[str]
    counts: Sequence[int]


def fresh_of(batch: ReactionsSpooledV1, counted: Sequence[Range]) -> tuple[Columns | None, Sequence[Range]]:
    """The records of a batch that do not begin in a range counted already, and the ranges when they are counted too.

    Raises UnreadableRecord.
    """
    if not batch.lines:
        return None, counted
    cut = [line.partition("\t") for line in batch.lines]
    records = [record for _, _, record in cut]
    columns = _columns_of(records)
    begins = [int(offset) for offset, _, _ in cut]
    ends = [begin + HEAD_LENGTH + octets for begin, octets in zip(begins, _octets(records), strict=True)]
    whole = (begins[0], ends[-1])
    follows = begins[1:] == ends[:-1]
    if follows and not any(first < whole[1] and whole[0] < following for first, following in counted):
        return columns, merged((*counted, whole))
    places = list(zip(begins, ends, strict=True))
    fresh = set(uncovered(places, counted))
    wanted = []
    for place in places:
        wanted.append(place in fresh)
        fresh.discard(place)  # the second of two that are the same is a repetition
    left = list(compress(records, wanted))
    return (_columns_of(left) if left else None), merged((*counted, *places))


def deliveries_of(blocks: Collection[Columns]) -> set[int]:
    """The numbers of the deliveries that records are about."""
    return {int(number) for columns in blocks for number in set(columns.deliveries)}


def recipients_of(blocks: Collection[Columns], deliveries: Collection[int]) -> Iterator[tuple[int, int]]:
    """Delivery and subject of the records about some deliveries."""
    wanted = {str(number) for number in deliveries}
    for columns in blocks:
        for delivery, subject in zip(columns.deliveries, columns.subjects, strict=True):
            if delivery in wanted and subject != "0":
                yield int(delivery), int(subject)


def _columns_of(records: Sequence[str]) -> Columns:
    # Below personal nearly all records of a batch are alike: a batch is then as much work as a few records.
    alike = Counter(records)
    cells = "\t".join(alike).split("\t")
    # Were a column missing in one record and too many in another, versions would not stand below each other.
    if len(cells) != _WIDTH * len(alike) or set(cells[::_WIDTH]) != {_VERSION}:
        cells = [cell for record in alike for cell in _decoded(record)]
    letters, deliveries, subjects, links, ats, methods, agents, networks = (
        cells[index::_WIDTH] for index in range(1, _WIDTH)
    )
    return Columns(letters, deliveries, subjects, links, ats, methods, agents, networks, counts=list(alike.values()))


def _decoded(record: str) -> list[str]:
    hit = decode(record)
    facts = (hit.kind.value, hit.delivery_number, hit.subject, hit.link_number, hit.at_ms)
    return [_VERSION, *map(str, facts), hit.method, hit.agent, hit.network]


def _octets(records: Sequence[str]) -> Iterator[int]:
    if all(map(str.isascii, records)):
        return map(len, records)
    return (len(record.encode()) for record in records)
