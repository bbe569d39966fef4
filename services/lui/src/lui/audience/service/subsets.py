"""A new audience out of those of earlier deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from common.contracts.digest import RecipientsDigest
from common.contracts.problem import Invalid
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.audience import subset
from lui.audience.models import Snapshot
from lui.audience.repository import SnapshotRepository
from lui.audience.rules.conditions import Crowd
from lui.audience.schemas import DuplicatesBy, DuplicatesIn, RecipientsIn, Usage
from lui.audience.service.snapshots import get_snapshot
from lui.audience.subset import Part


@dataclass(frozen=True)
class Audiences:
    """The snapshots that are read one after the other, the newest first, and who stands in which place."""

    snapshots: Sequence[Snapshot]
    crowd: Crowd

    @property
    def newest(self) -> Snapshot:
        """The one whose columns count."""
        return self.snapshots[0]


async def load_audiences(uow: UnitOfWork, snapshot_ids: Sequence[str]) -> Audiences:
    """Several snapshots, the newest first. Raises SnapshotMissing."""
    snapshots = [await get_snapshot(uow, snapshot_id) for snapshot_id in snapshot_ids]
    crowd = Crowd([snapshot.accepted_count for snapshot in snapshots])
    same = []
    for at, first in enumerate(snapshots):
        for behind, second in enumerate(snapshots[at + 1 :], start=at + 1):
            pairs = await subset.same_people(uow.session, first, second)
            same += [(crowd.offset(at) + one, crowd.offset(behind) + other) for one, other in pairs]
    return Audiences(snapshots, replace(crowd, same=same))


async def define_subset(uow: UnitOfWork, asked: RecipientsIn, audiences: Audiences, who: int) -> Snapshot:
    """Freeze those of `who`, a bit a place, in the caller's transaction. Raises Invalid pointing at the setting."""
    newest = audiences.newest
    key, kept = _key(asked, newest), _kept(asked, newest)
    crowd = audiences.crowd
    parts = [
        Part(snapshot, crowd.part(at, who), offset=crowd.offset(at), positions=kept)
        for at, snapshot in enumerate(audiences.snapshots)
    ]
    await subset.be_patient(uow.session)
    snapshot = _new_snapshot(uow, newest, kept)
    twice: list[tuple[int, int]] = []
    if not _is_distinct(audiences, asked.duplicates):
        twice = await subset.repeated(uow.session, parts, key)
    snapshot.distinct_by = asked.duplicates.model_dump(mode="json")
    await _fill(uow, snapshot, parts, twice)
    SnapshotRepository(uow.session).add(snapshot)
    await uow.session.flush()
    return snapshot


async def _fill(uow: UnitOfWork, snapshot: Snapshot, parts: Sequence[Part], twice: list[tuple[int, int]]) -> None:
    for part in parts:
        end = part.offset + part.snapshot.accepted_count
        mine = [(line, first) for line, first in twice if part.offset < line <= end]
        if mine:
            await subset.set_aside(uow.session, part, snapshot, mine)
        bits = _without(part.bits, [line - part.offset for line, _ in mine])
        here = replace(part, bits=bits, before=snapshot.accepted_count)
        await subset.copy_part(uow.session, here, snapshot)
        snapshot.accepted_count += int.from_bytes(bits, "little").bit_count()
    snapshot.duplicate_count = len(twice)
    digest = RecipientsDigest()
    async for octets in subset.digest_octets(uow.session, snapshot):
        digest.add_octets(octets)
    snapshot.digest = digest.hexdigest()


def _without(bits: bytes, ordinals: Sequence[int]) -> bytes:
    left = bytearray(bits)
    for ordinal in ordinals:
        left[ordinal >> 3] &= ~(1 << (ordinal & 7))
    return bytes(left)


def _is_distinct(audiences: Audiences, wanted: DuplicatesIn) -> bool:
    """Whether nobody can be there twice: a part of an audience without duplicates has none."""
    if wanted.by is DuplicatesBy.NONE:
        return True
    return len(audiences.snapshots) == 1 and audiences.newest.distinct_by == wanted.model_dump(mode="json")


def _key(asked: RecipientsIn, source: Snapshot) -> list[int] | None:
    """Positions of the columns that make two recipients the same, starting at 1; None: the address does."""
    by, wanted = asked.duplicates.by, asked.duplicates.columns or []
    if by is DuplicatesBy.COLUMNS and not wanted:
        raise Invalid(("/duplicates/columns", "name the columns that make two rows the same"))
    if by is not DuplicatesBy.COLUMNS and wanted:
        raise Invalid(("/duplicates/columns", "columns are named only when duplicates are found by columns"))
    for at, column in enumerate(wanted):
        _require(f"/duplicates/columns/{at}", column, source)
    return [source.columns.index(column) + 1 for column in wanted] if by is DuplicatesBy.COLUMNS else None


def _kept(asked: RecipientsIn, source: Snapshot) -> list[int] | None:
    """Positions of the columns that are kept, starting at 1; None: all."""
    fixed = (("/address_column", asked.address_column, source.address_column),
             ("/name_column", asked.name_column, source.name_column))  # fmt: skip
    for pointer, given, own in fixed:
        if given is not None and given != own:
            raise Invalid((pointer, f"the earlier job decided this: {own or 'no column'}"))
    if asked.usage is Usage.MERGE:
        return None
    names = dict.fromkeys(name for name in (source.address_column, source.name_column) if name is not None)
    return [source.columns.index(name) + 1 for name in names]


def _require(pointer: str, column: str, source: Snapshot) -> None:
    if column not in source.columns:
        known = ", ".join(source.columns[:20])
        raise Invalid((pointer, f"there is no column {column!r}; the earlier job has {known}"))


def _new_snapshot(uow: UnitOfWork, source: Snapshot, kept: Sequence[int] | None) -> Snapshot:
    columns = list(source.columns) if kept is None else [source.columns[position - 1] for position in kept]
    return Snapshot(
        id=new_id(),
        month=uow.now.date().replace(day=1),
        columns=columns,
        file_columns=list(source.columns),
        address_column=source.address_column,
        name_column=source.name_column,
        accepted_count=0,
        duplicate_count=0,
        rejected_count=0,
        digest="",
        warnings=[],
        created_at=uow.now,
    )
