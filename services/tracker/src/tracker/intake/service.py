"""Intake's work in one process: answering, keeping the link table up to date, moving the spool on."""

import asyncio
from collections.abc import Callable, Sequence

from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.handler import Intake
from tracker.intake.link_table import LinkEntry, LinkTable
from tracker.intake.replies import NOT_FOUND, Reply
from tracker.intake.spool.record import HitKind
from tracker.intake.spool.writer import Spool
from tracker.intake.visit import Visit
from tracker.plans import service as plans
from tracker.plans.plan import Plan

log = get_logger()
_PAGE = 200
_ANSWERED = {kind: metrics.ANSWERED[kind.name.lower()] for kind in HitKind}
_NOT_FOUND = metrics.REFUSED["not_found"]


class IntakeService:
    """Answers visits; what was answered is in the spool first, or counted as late or shed."""

    def __init__(self, intake: Intake, spool: Spool) -> None:
        self._intake = intake
        self._spool = spool

    def take(self, visit: Visit, release: Callable[[], None]) -> tuple[Reply, bool]:
        """The reply to a visit, and whether it must wait: until `release` is called, which is never at once."""
        reply, seen = self._intake.answer(visit)
        if seen is not None:
            kind = seen[0]
            _ANSWERED[kind].count += 1
            self._spool.put(kind, self._intake.line(visit, seen), release)
            return reply, True
        if reply is NOT_FOUND:
            _NOT_FOUND.count += 1
        return reply, False

    async def answer(self, visit: Visit) -> Reply:
        """The reply to a visit, once its hit is durable or the deadline has passed."""
        kept = asyncio.Event()
        reply, waits = self.take(visit, kept.set)
        if waits:
            await kept.wait()
        return reply


async def catch_up(uow: UnitOfWork, table: LinkTable) -> bool:
    """Take over a page of plans that the link table has not; returns whether there may be more."""
    newest = await plans.newest_position(uow)
    if newest < table.position:
        # The database is an older one than this file was filled from: read all of it, keeping what is only here.
        log.warning("plans are behind the link table", newest=newest, known=table.position)
        table.rewind()
    if newest == table.position:
        return False
    found = await plans.plans_after(uow, table.position, limit=_PAGE)
    await asyncio.to_thread(table.add, _entries(found))
    metrics.PLANS.set(len(table))
    return len(found) == _PAGE


async def report_position(uow: UnitOfWork, instance_id: str, position: int) -> None:
    """Tell how far this process' link table reaches, and that it lives."""
    await plans.report_intake(uow, instance_id, position)


async def retire(uow: UnitOfWork, instance_id: str) -> None:
    """Tell that this process answers no longer."""
    await plans.retire_intake(uow, instance_id)


def _entries(found: Sequence[Plan]) -> list[LinkEntry]:
    return [
        LinkEntry(
            position=plan.position,
            delivery_number=plan.delivery_number,
            level=plan.level,
            opens=plan.opens,
            links=tuple((link.number, link.url, link.personal) for link in plan.links),
            cookie_seconds=None if plan.actions is None else plan.actions.cookie_seconds,
        )
        for plan in found
    ]
