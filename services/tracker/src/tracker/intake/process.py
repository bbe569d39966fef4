"""One intake process: its folder, link table and spool, and the loops that keep them in step with the rest."""

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from common.contracts.signed_token import TokenKeys
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from tracker.intake import metrics, service
from tracker.intake.forwarder import Forwarder, Publish, keep_forwarding
from tracker.intake.handler import Edge, Intake
from tracker.intake.link_table import LinkTable
from tracker.intake.spool.folder import IntakeFolder
from tracker.intake.spool.reading import SpoolReader
from tracker.intake.spool.segment import recover
from tracker.intake.spool.writer import Spool, SpoolLimits

log = get_logger()
_SWITCH_SECONDS = 0.0002
"""How long the spool's thread waits for its turn: with the usual 5 ms the disk has nothing to do meanwhile."""
_POLL_SECONDS = 0.25
_REPORT_SECONDS = 5.0
_ADOPT_SECONDS = 60.0
_LONGEST_PAUSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How an intake process is set up."""

    data_dir: Path
    keys: TokenKeys
    limits: SpoolLimits
    edge: Edge | None = None


class IntakeProcess:
    """Opened before the first request; what it holds on disk outlives it."""

    def __init__(self, options: IntakeOptions, folder: IntakeFolder) -> None:
        spool_id = new_id()
        self.folder = folder
        self.links = LinkTable(folder.links)
        self._has_caught_up = False
        metrics.PLANS.set(len(self.links))
        self.spool = Spool(folder, spool_id=spool_id, limits=options.limits)
        self._reader = SpoolReader(folder, spool_id=spool_id, durable=lambda: self.spool.durable)
        intake = Intake(options.keys, self.links, options.edge)
        self.service = service.IntakeService(intake, self.spool)

    @classmethod
    def open(cls, options: IntakeOptions) -> Self:
        """Claim a folder and load what is in it. Raises OSError or NoFolderFree. Call on the event loop."""
        folder = IntakeFolder.claim(options.data_dir)
        sys.setswitchinterval(_SWITCH_SECONDS)
        process = cls(options, folder)
        log.info("intake opened", folder=folder.path.name, deliveries=len(process.links))
        return process

    async def close(self) -> None:
        """Make durable what waits, and let go of the folder."""
        await self.spool.close()
        self.links.close()
        self.folder.release()

    async def check(self) -> str | None:
        """For readiness: None while links are known and hits can be kept."""
        if not (self._has_caught_up or len(self.links)):
            return "no plan has been read yet"  # a new process would send recipients away from good links
        return "hits are being shed: the disk is full or failing" if self.spool.is_shedding else None

    async def follow_plans(self, uow: UnitOfWorkFactory) -> None:
        """Take over new plans and say so, for ever; without PostgreSQL everything known keeps working."""
        reported, reported_at, pause = -1, float("-inf"), _POLL_SECONDS
        loop = asyncio.get_running_loop()
        try:
            while True:
                try:
                    await self._catch_up(uow)
                    if self.links.position != reported or loop.time() - reported_at >= _REPORT_SECONDS:
                        async with uow() as work:
                            await service.report_position(work, self.folder.instance_id, self.links.position)
                        reported, reported_at = self.links.position, loop.time()
                    pause = _POLL_SECONDS
                except Exception as error:  # noqa: BLE001  whatever it is, links that are known are followed on
                    log.warning("plans not followed", error=type(error).__name__)
                    pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
                await asyncio.sleep(pause)
        finally:
            await self._retire(uow)

    async def forward(self, publish: Publish) -> None:
        """Move the spool to the stream, for ever."""
        forwarder = Forwarder(self._reader, publish)

        async def forward_all() -> int:
            moved = await forwarder.forward_all()
            metrics.BACKLOG.set(await forwarder.backlog())
            return moved

        await keep_forwarding(forward_all, self.spool.more)

    async def adopt_orphans(self, publish: Publish) -> None:
        """Move on what processes that are gone for good left in their folders, for ever."""
        while True:
            orphan = IntakeFolder.take_orphan(self.folder.path)
            if orphan is not None:
                try:
                    await asyncio.to_thread(recover, orphan.segments)
                    moved = await Forwarder(SpoolReader(orphan), publish).forward_all()
                    log.info("orphaned spool forwarded", folder=orphan.path.name, records=moved)
                except Exception as error:  # noqa: BLE001  it stays where it is until the next turn
                    log.warning("orphaned spool not forwarded", error=type(error).__name__)
                finally:
                    orphan.release()
            await asyncio.sleep(_ADOPT_SECONDS)

    async def _catch_up(self, uow: UnitOfWorkFactory) -> None:
        more = True
        while more:
            async with uow.reader() as work:
                more = await service.catch_up(work, self.links)
        self._has_caught_up = True

    async def _retire(self, uow: UnitOfWorkFactory) -> None:
        # Otherwise deliveries would wait fifteen seconds for a process that was stopped on purpose.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(1), uow() as work:
                await service.retire(work, self.folder.instance_id)
