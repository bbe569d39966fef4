"""Which keys sign a delivery: chosen once, so that every attempt in every process makes the same octets."""

from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime

from common.messaging.unit_of_work import UnitOfWork
from mailer.sealing import SealBroken, Sealer
from mailer.signing.errors import KeysUnreadable
from mailer.signing.keys import KeyUnusable, SigningKey
from mailer.signing.models import DkimKeyRow
from mailer.signing.repository import KeyRepository
from mailer.signing.rules import domain_of, purpose
from mailer.signing.service.records import active_rows
from mailer.signing.signer import Identity, Signer

OpenAmong = Callable[[UnitOfWork, Collection[str]], Awaitable[set[str]]]
"""Those of some deliveries that have not ended."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE = 20


async def freeze_keys(uow: UnitOfWork, delivery_id: str, sender_address: str) -> None:
    """Choose the keys that sign a delivery, or a notice, in the transaction that freezes its content.

    Chosen before, they stay, whatever happened to them since. Only when one of them is gone for good, which happens
    after the delivery's end, are those chosen that are active now: for a delivery that is tried again.
    """
    repository = KeyRepository(uow.session)
    uses = await repository.of_delivery(delivery_id)
    if uses and all(key is not None for _, key in uses):
        return
    await repository.remove_uses(delivery_id)
    rows = await active_rows(uow, sender_address, keep=True)
    from_domain = domain_of(sender_address)
    if rows and from_domain is not None:
        await repository.add_uses(delivery_id, [row.id for row in rows], from_domain=from_domain, at=uow.now)


async def release_keys(uow: UnitOfWork, delivery_id: str) -> None:
    """Nothing is signed any more of what had keys chosen: a notice that ended is never tried again."""
    await KeyRepository(uow.session).remove_uses(delivery_id)


async def unreadable(uow: UnitOfWork, sender_address: str, sealer: Sealer) -> str | None:
    """Why the keys that would sign for a sender cannot be used, in plain words; None when they can."""
    try:
        for row in await active_rows(uow, sender_address):
            _opened(row, sealer)
    except KeysUnreadable as error:
        return str(error)
    return None


async def signer_of(uow: UnitOfWork, delivery_id: str, sealer: Sealer, *, at: datetime | None) -> Signer | None:
    """What signs a delivery's messages, None when nothing does. Raises KeysUnreadable."""
    uses = await KeyRepository(uow.session).of_delivery(delivery_id)
    if not uses:
        return None
    identities = [
        Identity(_opened(key, sealer), key.domain, key.selector, use.from_domain)
        for use, key in uses
        if key is not None
    ]
    if len(identities) < len(uses):
        raise KeysUnreadable("a key that signed this delivery was removed after its end: have it tried again")
    return Signer(identities, at or _EPOCH)


def _opened(row: DkimKeyRow, sealer: Sealer) -> SigningKey:
    try:
        octets = sealer.open(row.sealed_private_key, purpose=purpose(row.id, row.domain, row.selector))
        return SigningKey.from_octets(octets)
    except SealBroken as error:
        raise KeysUnreadable(f"the signing key {row.selector} of {row.domain} cannot be opened: {error}") from None
    except KeyUnusable as error:
        raise KeysUnreadable(f"the signing key {row.selector} of {row.domain} cannot be used: {error}") from None


async def remove_deleted(uow: UnitOfWork, open_among: OpenAmong) -> int:
    """Remove deleted keys that no delivery needs any more; how many went."""
    repository = KeyRepository(uow.session)
    removed = 0
    for key_id in await repository.deleted(limit=_AT_ONCE):
        if not await open_among(uow, await repository.uses_of_key(key_id)):
            await repository.remove(key_id)
            removed += 1
    return removed
