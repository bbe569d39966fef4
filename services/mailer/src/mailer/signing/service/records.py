"""Looking whether receivers find the keys."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.dns import NoRecord, Resolver, Unanswered
from mailer.signing.models import DkimKeyRow
from mailer.signing.repository import KeyRepository
from mailer.signing.rules import (
    Judgement,
    KeyState,
    RecordState,
    chosen,
    domain_of,
    judge,
    record_name,
    signing_domains,
)

log = get_logger()
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class ActiveKey:
    """A key that would sign for a sender, with what its record has to hold."""

    id: str
    domain: str
    selector: str
    algorithm: str
    public_key: bytes
    is_below: bool
    """The sender's domain is below the key's."""


async def active_keys(uow: UnitOfWork, address: str) -> list[ActiveKey]:
    """The keys that would sign for a sender now; none when its gateway may have to."""
    return [_active(row, address) for row in await active_rows(uow, address)]


async def active_rows(uow: UnitOfWork, address: str, *, keep: bool = False) -> list[DkimKeyRow]:
    """The rows of the keys that would sign for a sender: those of the nearest domain that has any."""
    from_domain = domain_of(address)
    if from_domain is None:
        return []
    rows = await KeyRepository(uow.session).active(signing_domains(from_domain), keep=keep)
    domain = chosen([(row.domain, row.id) for row in rows], from_domain)
    return [row for row in rows if row.domain == domain]


def _active(row: DkimKeyRow, address: str) -> ActiveKey:
    is_below = domain_of(address) != row.domain
    return ActiveKey(row.id, row.domain, row.selector, row.algorithm, row.public_key, is_below)


async def look_up(resolver: Resolver, key: ActiveKey) -> Judgement:
    """What a receiver would find; never raises."""
    try:
        found = await resolver.txt(record_name(key.domain, key.selector))
    except NoRecord:
        found = []
    except Unanswered as error:
        return Judgement(RecordState.UNKNOWN, None, str(error))
    return judge(found, key.algorithm, key.public_key, is_below=key.is_below)


async def look_up_row(resolver: Resolver, row: DkimKeyRow) -> Judgement:
    """What a receiver would find for the key's own domain."""
    return await look_up(
        resolver, ActiveKey(row.id, row.domain, row.selector, row.algorithm, row.public_key, is_below=False)
    )


def note(row: DkimKeyRow, judgement: Judgement, at: datetime) -> None:
    """Keep what was found."""
    if row.state == KeyState.ACTIVE and row.dns_state == RecordState.FOUND and judgement.state != RecordState.FOUND:
        log.warning("record of an active signing key is not as it was", key_id=row.id, state=judgement.state.value)
    row.dns_state, row.dns_found, row.dns_reason = judgement.state.value, judgement.found, judgement.reason
    row.dns_checked_at = at


async def check_due(uow: UnitOfWorkFactory, resolver: Resolver, interval: timedelta) -> int:
    """Look at the records that were not looked at for `interval`; how many those were."""
    async with uow.reader() as reading:
        rows = await KeyRepository(reading.session).unchecked(before=reading.now - interval, limit=_AT_ONCE)
    if not rows:
        return 0
    # Nothing is locked while others are asked.
    found: Sequence[Judgement] = await asyncio.gather(*(look_up_row(resolver, row) for row in rows))
    async with uow() as writing:
        repository = KeyRepository(writing.session)
        for row, judgement in zip(rows, found, strict=True):
            present = await repository.get(row.id, for_update=True)
            if present is not None:
                note(present, judgement, writing.now)
    return len(rows)
