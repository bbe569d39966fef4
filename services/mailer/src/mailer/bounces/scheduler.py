"""What runs in a process for the sake of what comes back."""

import asyncio
import time
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from common.contracts.signed_token import TokenKeys
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from common.service.run import Background
from mailer.bounces import service
from mailer.bounces.intake import Intake
from mailer.bounces.mailbox.poller import MailboxPoller
from mailer.bounces.maildir import MaildirWatcher
from mailer.bounces.receiver import BounceReceiver, Place
from mailer.config import MailerSettings
from mailer.suppression import service as suppression

log = get_logger()
_WAITING_SECONDS = 5.0
_STREAK_SECONDS = 60.0
_PURGE_SECONDS = 3_600.0


def receiving(settings: MailerSettings, uow: UnitOfWorkFactory, keys: TokenKeys) -> list[Background]:
    """A task for every source that is set up, and one that writes down how much came."""
    intake = Intake(settings, uow, keys)
    bounces, found = settings.bounces, list[Background]()
    if settings.bounce_port:
        found.append(BounceReceiver(intake, Place(settings.bounce_host, settings.bounce_port)).run)
    if bounces.lmtp_port:
        place = Place(bounces.lmtp_host, bounces.lmtp_port)
        found.append(BounceReceiver(intake, place, speaks_lmtp=True).run)
    if bounces.maildir is not None:
        found.append(MaildirWatcher(intake, bounces.maildir).run)
    if bounces.imap is not None:
        found.append(MailboxPoller(intake, bounces.imap).run)
    return [*found, intake.count] if found else []


class ReportKeeper:
    """Lets early reports count, finds streaks, and forgets what was kept long enough. Several may run."""

    def __init__(self, settings: MailerSettings, uow: UnitOfWorkFactory) -> None:
        self._settings = settings
        self._uow = uow
        self._terms = service.Terms.of(settings)
        self._due = {"streaks": 0.0, "purge": 0.0}

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.tend()
            except (SQLAlchemyError, OSError) as error:
                log.warning("reports not tended", error=type(error).__name__)
            await asyncio.sleep(_WAITING_SECONDS)

    async def tend(self) -> None:
        """Do once what is due."""
        await self.try_again()
        if self._is_due("streaks", _STREAK_SECONDS):
            await self.judge()
        if self._is_due("purge", _PURGE_SECONDS):
            await self.purge()

    async def try_again(self) -> None:
        """Let reports count whose message is known to be sent by now."""
        is_more = True
        while is_more:
            async with self._uow() as uow:
                is_more = await service.try_again(uow, self._terms)

    async def judge(self) -> None:
        """Suppress whose mailings failed in a row."""
        looked_at = 1
        while looked_at:
            async with self._uow() as uow:
                looked_at = await service.judge_streaks(uow, self._settings.suppression)

    async def purge(self) -> None:
        """Forget in batches, each a transaction of its own."""
        keep = timedelta(days=self._settings.bounces.keep_days)
        is_more = True
        while is_more:
            async with self._uow() as uow:
                is_more = await service.purge(uow, keep)
        is_more = True
        while is_more:
            async with self._uow() as uow:
                is_more = await suppression.forget_strikes(uow)

    def _is_due(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if now < self._due[what]:
            return False
        self._due[what] = now + seconds
        return True
