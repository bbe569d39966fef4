"""Where reports come from: how each is doing, how much came, and how far a mailbox is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from common.messaging.unit_of_work import UnitOfWork
from mailer.bounces import repository


@dataclass(slots=True)
class Counted:
    """What came from a source since it was last written down."""

    received: int = 0
    unmatched: int = 0
    quarantined: int = 0


async def note_counts(uow: UnitOfWork, source: tuple[str, str], counted: Counted) -> None:
    """Add to a source's counts; messages came, so it works."""
    values: dict[str, Any] = {
        "received_count": counted.received,
        "unmatched_count": counted.unmatched,
        "quarantined_count": counted.quarantined,
        "last_received_at": uow.now,
        "updated_at": uow.now,
    }
    await repository.note_source(uow.session, *source, values)


async def note_problem(uow: UnitOfWork, source: tuple[str, str], problem: str | None) -> None:
    """Say how a source is doing: in plain words why it does not work, None when it does."""
    await repository.note_source(uow.session, *source, {"problem": problem, "updated_at": uow.now})


async def note_known(uow: UnitOfWork, source: tuple[str, str]) -> None:
    """There is such a source."""
    await repository.note_source(uow.session, *source, {"updated_at": uow.now})


async def lease(uow: UnitOfWork, source: tuple[str, str], owner: str, length: timedelta) -> bool:
    """Be the one who empties a mailbox; false while another process does."""
    return await repository.lease_source(uow.session, source, owner, (uow.now, length))


async def position_of(uow: UnitOfWork, source: tuple[str, str]) -> Mapping[str, Any]:
    """How far a mailbox is read."""
    row = await repository.source(uow.session, *source)
    return row.position or {} if row else {}


async def keep_position(uow: UnitOfWork, source: tuple[str, str], position: Mapping[str, Any]) -> None:
    """Everything up to there was taken in."""
    await repository.note_source(uow.session, *source, {"position": dict(position), "updated_at": uow.now})
