"""The keys that sign access tokens: made, published, followed by a successor, forgotten."""

from collections.abc import Sequence
from typing import Any

from common.messaging.unit_of_work import UnitOfWork
from hub.actions import SYSTEM, Action, Target, record
from hub.sessions import rules
from hub.sessions.keys import SigningPair, generate_key, public_jwk
from hub.sessions.models import SigningKey
from hub.sessions.repository import SigningKeyRepository
from hub.sessions.rules import KeyPeriod
from hub.sessions.sealing import Sealer


async def rotate_keys(uow: UnitOfWork, sealer: Sealer) -> None:
    """Make the first key or the next one when it is due, and drop those nothing rests on; safe to run at any time."""
    keys = SigningKeyRepository(uow.session)
    await keys.lock()
    periods = _periods(await keys.all())
    activates_at = rules.next_activation(periods, uow.now)
    if activates_at is not None:
        made = generate_key()
        row = SigningKey(
            id=made.id,
            public_key=made.public,
            sealed_private_key=sealer.seal(made.private, purpose=_purpose(made.id)),
            created_at=uow.now,
            activates_at=activates_at,
        )
        await keys.add(row)
        record(uow, Action("signing_key.create", SYSTEM, Target("signing_key", made.id)))
    for period in periods:
        if rules.is_key_over(period, periods, uow.now):
            await keys.remove(period.key_id)
            record(uow, Action("signing_key.remove", SYSTEM, Target("signing_key", period.key_id)))


async def published_keys(uow: UnitOfWork) -> list[dict[str, Any]]:
    """The public keys as members of a JWK set (RFC 7517): those that signed, sign, or are about to."""
    return [public_jwk(row.id, row.public_key) for row in await SigningKeyRepository(uow.session).all()]


async def signing_pair(uow: UnitOfWork, sealer: Sealer) -> SigningPair:
    """The key that signs now. Raises `SealBroken` when it was sealed with an encryption key not configured here."""
    rows = {row.id: row for row in await SigningKeyRepository(uow.session).all()}
    signing = rules.signing_key_at(_periods(list(rows.values())), uow.now)
    if signing is None:
        raise LookupError("no signing key was made yet")
    row = rows[signing.key_id]
    return SigningPair(row.id, sealer.open(row.sealed_private_key, purpose=_purpose(row.id)))


def _periods(rows: Sequence[SigningKey]) -> list[KeyPeriod]:
    return [KeyPeriod(row.id, row.created_at, row.activates_at) for row in rows]


def _purpose(key_id: str) -> str:
    return f"signing key {key_id}"
