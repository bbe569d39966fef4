"""Envelopes whose message could not be composed: refused without a word from any server."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from common.contracts.mailer import EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from mailer.envelopes.models import EnvelopeRow
from mailer.envelopes.service.ledger import Ref


@dataclass(frozen=True, slots=True)
class Fault:
    """One of them."""

    ordinal: int
    address: str
    detail: str


async def of_delivery(uow: UnitOfWork, ref: Ref, *, limit: int) -> Sequence[Fault]:
    """The first faults of a delivery, in ordinal order."""
    row = EnvelopeRow
    query = select(row.ordinal, row.address, row.reply_text).where(*_composing_failed(ref))
    rows = await uow.session.execute(query.order_by(row.ordinal).limit(limit))
    return [Fault(ordinal, address, text or "") for ordinal, address, text in rows]


async def count(uow: UnitOfWork, ref: Ref) -> int:
    """How many there are."""
    query = select(func.count()).select_from(EnvelopeRow).where(*_composing_failed(ref))
    return (await uow.session.execute(query)).scalar_one()


def _composing_failed(ref: Ref) -> tuple[ColumnElement[Any], ...]:
    row = EnvelopeRow
    return (
        row.delivery_id == ref.delivery_id,
        row.created_at == ref.created_at,
        row.state == EnvelopeState.REFUSED.value,
        row.verb.is_(None),
        row.reply_code.is_(None),
    )
