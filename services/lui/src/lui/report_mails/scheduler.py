"""Report mails as time passes."""

import asyncio

from common.contracts.problem import Unavailable
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from lui.notices import service as notices
from lui.plots.errors import PlotUnavailable
from lui.report_mails import service

log = get_logger()
_LOOK_SECONDS = 5.0
_AFTER_FAILURE_SECONDS = 10.0
_PREPARING_SECONDS = 240.0
"""Shorter than the lease: whoever takes longer gives up before another process begins."""
_TIDY_LOOKS = 720


class DueReportMails:
    """Sends what is due; any number of processes may run it, each mail is taken up by one of them."""

    def __init__(self, work: UnitOfWorkFactory, preparing: service.Preparing) -> None:
        self._work = work
        self._preparing = preparing
        self._looks = 0

    async def run(self) -> None:
        """Look every few seconds until cancelled."""
        while True:
            wait = _LOOK_SECONDS
            try:
                while await self.once():
                    pass
                await self._tidy()
            except Exception as error:  # noqa: BLE001 - an absent database must not end the process
                log.warning("report mails not looked at", error=type(error).__name__)
                wait = _AFTER_FAILURE_SECONDS
            await asyncio.sleep(wait)

    async def once(self) -> bool:
        """Send one that is due; False when none is."""
        async with self._work() as uow:
            claimed = await service.claim_due(uow)
        if claimed is None:
            return False
        try:
            async with asyncio.timeout(_PREPARING_SECONDS):
                prepared: service.Prepared | str = await service.prepare(self._preparing, claimed)
        except (Unavailable, PlotUnavailable) as problem:
            prepared = f"{problem.detail}."
        except TimeoutError:
            prepared = "The report took too long to compute."
        if isinstance(prepared, str):
            log.warning("report mail put off", mail_id=claimed.mail_id, reason=prepared)
        async with self._work() as uow:
            await service.settle(uow, claimed, prepared)
        return True

    async def _tidy(self) -> None:
        if self._looks % _TIDY_LOOKS == 0:
            for step in (service.forget_runs, notices.forget_old):
                is_more = True
                while is_more:
                    async with self._work() as uow:
                        is_more = await step(uow)
        self._looks += 1
