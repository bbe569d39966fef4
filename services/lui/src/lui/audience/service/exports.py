"""Snapshots as files."""

from collections.abc import AsyncIterator
from typing import Literal

from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.audience.evaluation import AsideSet
from lui.audience.export import csv_rows
from lui.audience.models import Snapshot
from lui.audience.repository import SnapshotRepository
from lui.audience.service.snapshots import get_snapshot

SetName = Literal["accepted", "duplicates", "rejected"]
_PAGE = 2_000


async def export_set(work: UnitOfWorkFactory, snapshot_id: str, name: SetName, *, raw: bool) -> AsyncIterator[str]:
    """One set of a snapshot as CSV text: recipients, or rows set aside with their line in the file and the reason.

    Each page has a transaction of its own, however slowly it is read.
    """
    async with work.reader() as uow:
        snapshot = await get_snapshot(uow, snapshot_id)
    header = snapshot.columns if name == "accepted" else ["line", "reason", *snapshot.file_columns]
    yield csv_rows([header], raw=raw)
    after: int | None = 0
    while after is not None:
        async with work.reader() as uow:
            rows, after = await _page(SnapshotRepository(uow.session), snapshot, name, after)
        yield csv_rows(rows, raw=raw)


async def _page(
    repository: SnapshotRepository, snapshot: Snapshot, name: SetName, after: int
) -> tuple[list[list[str]], int | None]:
    """Some rows, and where to go on, None at the end."""
    if name == "accepted":
        recipients = await repository.recipients(snapshot, after=after, limit=_PAGE)
        return [values for _, _, values in recipients], recipients[-1][0] if recipients else None
    asides = await repository.asides(snapshot, AsideSet(name), after=after, limit=_PAGE)
    rows = [[str(line), reason, *cells] for line, reason, cells in asides]
    return rows, asides[-1][0] if asides else None
