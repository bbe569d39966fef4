"""Queries of deliveries for reports: always filtered by who may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import DeliveryKind
from lui.deliveries.models import Delivery


class Viewer(Protocol):
    """Who wants to see something."""

    @property
    def account_id(self) -> str:
        """The account."""

    @property
    def group_id(self) -> str | None:
        """Its group."""


@dataclass(frozen=True)
class Began:
    """Deliveries that began within a stretch of time; None is open, the end is not included."""

    start: datetime | None = None
    end: datetime | None = None


class ReportedDeliveryRepository:
    """Live deliveries as their readers may see them."""

    def __init__(self, session: AsyncSession, viewer: Viewer) -> None:
        self._session = session
        self._live = (Delivery.kind == DeliveryKind.LIVE, _seen_by(viewer))

    async def of_jobs(self, job_ids: Collection[str]) -> Sequence[Delivery]:
        """The deliveries of some jobs, deleted or not, oldest first."""
        query = select(Delivery).where(Delivery.job_id.in_(job_ids), *self._live).order_by(Delivery.number)
        return (await self._session.scalars(query)).all()

    async def newest(self, began: Began, *, limit: int) -> Sequence[Delivery]:
        """The deliveries that began within a stretch of time, newest first."""
        at = func.coalesce(Delivery.started_at, Delivery.requested_at)
        query = select(Delivery).where(*self._live).order_by(Delivery.number.desc()).limit(limit)
        if began.start is not None:
            query = query.where(at >= began.start)
        if began.end is not None:
            query = query.where(at < began.end)
        return (await self._session.scalars(query)).all()


def _seen_by(viewer: Viewer) -> ColumnElement[bool]:
    mine = Delivery.owner_id == viewer.account_id
    return mine if viewer.group_id is None else or_(mine, Delivery.group_id == viewer.group_id)
