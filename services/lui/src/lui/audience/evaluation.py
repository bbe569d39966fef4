"""One pass over a file's records: who is accepted, who is there twice, who is rejected and why."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from common.contracts.digest import RecipientsDigest
from lui.audience.copy_text import copy_array, copy_value
from lui.audience.first_seen import FirstSeen
from lui.audience.rules.addresses import NotAnAddress, address_key, checked_address
from lui.audience.rules.columns import Columns
from lui.audience.schemas import DuplicatesBy, Usage

BLOCK_ROWS = 2_000
MAX_VALUE_LENGTH = 20_000
_KEPT_CELLS = 50
_KEPT_CELL_LENGTH = 1_000


class AsideSet(StrEnum):
    """The rows that are kept but not written to."""

    DUPLICATES = "duplicates"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Selection:
    """How rows become recipients; columns by position, starting at 0."""

    columns: Columns
    address: int
    name: int | None
    usage: Usage
    duplicates: DuplicatesBy = DuplicatesBy.NONE
    duplicate_columns: tuple[int, ...] = ()

    def kept_positions(self) -> tuple[int, ...]:
        """The columns that are kept for recipients: all, or in bulk just address and name."""
        if self.usage is Usage.MERGE:
            return tuple(range(len(self.columns.names)))
        return (self.address,) if self.name in (None, self.address) else (self.address, self.name or 0)


@dataclass(frozen=True)
class Block:
    """Rows ready for COPY: into `snapshot_recipients` and into `snapshot_asides`."""

    recipients: str
    asides: str


@dataclass(frozen=True)
class Outcome:
    """What one pass found."""

    accepted: int
    duplicates: int
    rejected: int
    digest: str


class Evaluation:
    """The state of one pass; memory grows by some 24 octets a recipient when duplicates are looked for."""

    def __init__(self, selection: Selection, *, month: date, snapshot_id: str) -> None:
        self._selection = selection
        self._kept = selection.kept_positions()
        self._width = len(selection.columns.names)
        self._prefix = f"{month.isoformat()}\t{snapshot_id}\t"
        self._digest = RecipientsDigest()
        # 64-bit hashes keyed anew in every process: a million rows collide with a chance of 1 in 30 million.
        self._seen = FirstSeen()
        self._recipients: list[str] = []
        self._asides: list[str] = []
        self.accepted = self.duplicates = self.rejected = 0

    def run(self, records: Iterable[tuple[int, list[str]]], write: Callable[[Block], None]) -> Outcome:
        """Look at every record after the header, handing over blocks of bounded size."""
        for line, cells in records:
            self._take(line, cells)
            if len(self._recipients) + len(self._asides) >= BLOCK_ROWS:
                self._hand_over(write)
        if self._recipients or self._asides:
            self._hand_over(write)
        return Outcome(self.accepted, self.duplicates, self.rejected, self._digest.hexdigest())

    def _take(self, line: int, cells: list[str]) -> None:
        if len(cells) != self._width:
            self._reject(line, cells, f"{len(cells)} columns instead of {self._width}")
            return
        if len(longest := max(cells, key=len)) > MAX_VALUE_LENGTH:
            name = self._selection.columns.names[cells.index(longest)]
            self._reject(line, cells, f"{name} is longer than {MAX_VALUE_LENGTH:,} characters")
            return
        try:
            address = checked_address(cells[self._selection.address])
        except NotAnAddress as error:
            self._reject(line, cells, str(error))
            return
        first_line = self._seen.line_of(key, line) if (key := self._key(address, cells)) is not None else line
        if first_line != line:
            self.duplicates += 1
            self._set_aside(AsideSet.DUPLICATES, line, cells, f"same as line {first_line}")
            return
        cells[self._selection.address] = address
        self._accept(line, address, cells if self._width == len(self._kept) else [cells[at] for at in self._kept])

    def _key(self, address: str, cells: Sequence[str]) -> int | None:
        if self._selection.duplicates is DuplicatesBy.NONE:
            return None
        if self._selection.duplicates is DuplicatesBy.ADDRESS:
            return hash(address_key(address))
        return hash("\x1f".join(cells[position].strip() for position in self._selection.duplicate_columns))

    def _accept(self, line: int, address: str, values: Sequence[str]) -> None:
        self.accepted += 1
        self._digest.add(self.accepted, address, values)
        row = f"{self._prefix}{self.accepted}\t{line}\t{copy_value(address)}\t{copy_array(values)}\n"
        self._recipients.append(row)

    def _reject(self, line: int, cells: Sequence[str], reason: str) -> None:
        self.rejected += 1
        self._set_aside(AsideSet.REJECTED, line, cells, reason)

    def _set_aside(self, where: AsideSet, line: int, cells: Sequence[str], reason: str) -> None:
        kept = [cell[:_KEPT_CELL_LENGTH] for cell in cells[: max(_KEPT_CELLS, self._width)]]
        self._asides.append(f"{self._prefix}{where.value}\t{line}\t{copy_value(reason)}\t{copy_array(kept)}\n")

    def _hand_over(self, write: Callable[[Block], None]) -> None:
        write(Block("".join(self._recipients), "".join(self._asides)))
        self._recipients.clear()
        self._asides.clear()


def without_header(records: Iterator[tuple[int, list[str]]], *, header: bool) -> Iterator[tuple[int, list[str]]]:
    """The records that are recipients."""
    if header:
        next(records, None)
    return records


def given_block(
    recipients: Sequence[tuple[str, Sequence[str]]], *, month: date, snapshot_id: str
) -> tuple[Block, Outcome]:
    """Rows for `(address, values)` that need no checking, with ordinals in the order given."""
    digest, lines = RecipientsDigest(), []
    for ordinal, (address, values) in enumerate(recipients, start=1):
        digest.add(ordinal, address, values)
        row = (month.isoformat(), snapshot_id, str(ordinal), str(ordinal), copy_value(address), copy_array(values))
        lines.append("\t".join(row) + "\n")
    return Block("".join(lines), ""), Outcome(len(recipients), 0, 0, digest.hexdigest())
