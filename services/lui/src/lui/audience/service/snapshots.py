"""Keeping small snapshots, and reading any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.db.partitions import ensure_month_partitions
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.audience.errors import RecipientNotFound, SnapshotMissing
from lui.audience.evaluation import given_block
from lui.audience.models import Snapshot
from lui.audience.repository import SnapshotRepository

UNUSED_LIFETIME = timedelta(days=1)

Recipient = tuple[int, str, list[str]]
"""Ordinal, address, and a value per column of the snapshot."""


@dataclass(frozen=True)
class Shape:
    """What the values of a snapshot's recipients mean."""

    columns: Sequence[str]
    address_column: str
    name_column: str | None


async def create_snapshot(uow: UnitOfWork, shape: Shape, recipients: Sequence[tuple[str, Sequence[str]]]) -> Snapshot:
    """A small snapshot of `(address, values)` that were checked before, in the order given."""
    snapshot = Snapshot(
        id=new_id(),
        month=uow.now.date().replace(day=1),
        columns=list(shape.columns),
        file_columns=list(shape.columns),
        address_column=shape.address_column,
        name_column=shape.name_column,
        warnings=[],
        created_at=uow.now,
    )
    block, outcome = given_block(recipients, month=snapshot.month, snapshot_id=snapshot.id)
    snapshot.set_outcome(outcome)
    snapshots = SnapshotRepository(uow.session)
    snapshots.add(snapshot)
    await snapshots.copy_in(block)
    await uow.session.flush()
    return snapshot


async def get_snapshot(uow: UnitOfWork, snapshot_id: str) -> Snapshot:
    """Raises SnapshotMissing."""
    snapshot = await SnapshotRepository(uow.session).get(snapshot_id)
    if snapshot is None:
        raise SnapshotMissing("The recipients of this job are not there any more", snapshot_id=snapshot_id)
    return snapshot


async def recipients_page(uow: UnitOfWork, snapshot_id: str, after: int, limit: int) -> Sequence[Recipient]:
    """At most `limit` recipients in ordinal order, from the one following ordinal `after`. Raises SnapshotMissing."""
    snapshot = await get_snapshot(uow, snapshot_id)
    return await SnapshotRepository(uow.session).recipients(snapshot, after=after, limit=limit)


async def recipient(uow: UnitOfWork, snapshot_id: str, ordinal: int) -> Recipient:
    """One recipient. Raises SnapshotMissing, RecipientNotFound."""
    found = await recipients_page(uow, snapshot_id, ordinal - 1, 1)
    if not found or found[0][0] != ordinal:
        raise RecipientNotFound(f"There is no recipient number {ordinal}", ordinal=ordinal)
    return found[0]


async def old_snapshots(uow: UnitOfWork, *, after: str | None, limit: int) -> Sequence[str]:
    """Ids of snapshots old enough to go when nothing refers to them, in order, following `after`."""
    return await SnapshotRepository(uow.session).old(before=uow.now - UNUSED_LIFETIME, after=after, limit=limit)


async def forget_snapshots(uow: UnitOfWork, snapshot_ids: Collection[str]) -> None:
    """Forget snapshots nothing refers to."""
    for snapshot_id in sorted(snapshot_ids):
        await SnapshotRepository(uow.session).remove(snapshot_id)


async def ensure_partitions(uow: UnitOfWork, months: Sequence[date]) -> None:
    """Make the partitions that are missing for the months of these days."""
    for table in ("lui.snapshot_recipients", "lui.snapshot_asides"):
        await ensure_month_partitions(uow.session, table=table, months=months)
