"""Intake's work in one process: answering, keeping the link table up to date, moving the spool on."""

import asyncio
from collections.abc import Sequence

from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.handler import Intake, Visit
from tracker.intake.link_table import LinkEntry, LinkTable
from tracker.intake.replies import NOT_FOUND, Reply
from tracker.intake.spool.record import Hit
from tracker.intake.spool.writer import Spool
from tracker.plans import service as plans
from tracker.plans.plan import Plan

log = get_logger()
DEADLINE_SECONDS = 0.25
"""How long an answer waits for the disk; a recipient is not kept waiting for our accounts."""
_PAGE = 200


class IntakeService:
    """Answers visits; what was answered is in the spool first, or counted as late or shed."""

    def __init__(self, intake: Intake, spool: Spool) -> None:
        self._intake = intake
        self._spool = spool

    async def answer(self, visit: Visit) -> Reply:
        """The reply to a visit, once its hit is durable or the deadline has passed."""
        outcome = self._intake.handle(visit)
        if outcome.hit is None:
            if outcome.reply is NOT_FOUND:
                metrics.REFUSED.labels("not_found").inc()
            return outcome.reply
        metrics.ANSWERED.labels(outcome.hit.kind.name.lower()).inc()
        await self._keep(outcome.hit)
        return outcome.reply

    async def _keep(self, hit: Hit) -> None:
        kept = asyncio.get_running_loop().create_future()

        def release() -> None:
            if not kept.done():
                kept.set_result(None)

        self._spool.put(hit.kind, hit.encode(), release)
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await kept
        except TimeoutError:
            metrics.LATE.inc()


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
        )
        for plan in found
    ]
