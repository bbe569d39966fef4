"""Recipients of snapshots by their numbers, for reports."""

from collections.abc import Collection
from dataclasses import dataclass

from common.messaging.unit_of_work import UnitOfWork
from lui.audience.repository import SnapshotRepository


@dataclass(frozen=True)
class FoundRecipient:
    """Who has a number in a snapshot, with the values of its columns."""

    address: str
    values: dict[str, str]


async def recipients_at(uow: UnitOfWork, snapshot_id: str, ordinals: Collection[int]) -> dict[int, FoundRecipient]:
    """Recipients by number; those that are not there any more are left out."""
    repository = SnapshotRepository(uow.session)
    snapshot = await repository.get(snapshot_id)
    if snapshot is None:
        return {}
    return {
        ordinal: FoundRecipient(address, dict(zip(snapshot.columns, values, strict=False)))
        for ordinal, address, values in await repository.recipients_at(snapshot, ordinals)
    }


async def columns_of(uow: UnitOfWork, snapshot_id: str) -> tuple[str, ...]:
    """The columns of a snapshot; none when it is not there any more."""
    snapshot = await SnapshotRepository(uow.session).get(snapshot_id)
    return () if snapshot is None else tuple(snapshot.columns)
