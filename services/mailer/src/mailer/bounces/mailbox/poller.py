"""Fetching reports out of an IMAP mailbox, again and again, each message once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from common.ids import new_id
from common.observability.logging import get_logger
from mailer.bounces import service
from mailer.bounces.intake import Intake, Poisoned, TryLater
from mailer.bounces.mailbox.session import Letter, MailboxDown, MailboxVisit
from mailer.bounces.sources import imap_source
from mailer.config import ImapSettings

log = get_logger()
_LONGEST_WAIT_SECONDS = 1_800.0
_LEASE_MARGIN = timedelta(seconds=60)


class MailboxPoller:
    """Visits a mailbox. How far it is read stands in the database, and is only ever behind what was taken in."""

    def __init__(self, intake: Intake, settings: ImapSettings) -> None:
        self._intake = intake
        self._settings = settings
        self._source = imap_source(intake.settings)
        self._owner = new_id()
        self._lease = timedelta(seconds=10 * settings.timeout_seconds) + _LEASE_MARGIN
        self._problem: str | None = ""

    async def run(self) -> None:
        """Visit until cancelled; after a failure wait longer each time."""
        wait = self._settings.poll_seconds
        while True:
            problem = await self.visit()
            if problem != self._problem:
                self._problem = problem
                await self._intake.say(self._source, problem)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS) if problem else self._settings.poll_seconds
            await asyncio.sleep(wait)

    async def visit(self) -> str | None:
        """Take in everything that is new; returns in plain words why that did not work, None when it did."""
        try:
            if not await self._is_mine(self._lease):
                return None
            try:
                await self._empty()
            finally:
                await self._is_mine(timedelta())
        except MailboxDown as error:
            log.warning("the bounce mailbox cannot be read", reason=str(error))
            return str(error)
        except (TryLater, SQLAlchemyError, OSError) as error:
            log.warning("the bounce mailbox waits for the database", error=type(error).__name__)
            return "the database is away"
        return None

    async def _empty(self) -> None:
        visit = await asyncio.to_thread(MailboxVisit.open, self._settings)
        try:
            while await self._some(visit):
                if not await self._is_mine(self._lease):
                    return
        finally:
            await asyncio.to_thread(visit.close)

    async def _is_mine(self, length: timedelta) -> bool:
        """Several processes may be told about the mailbox; one of them empties it, for so long at most."""
        async with self._intake.uow() as uow:
            await service.note_known(uow, self._source)
            return await service.lease(uow, self._source, self._owner, length)

    async def _some(self, visit: MailboxVisit) -> bool:
        """Take in a batch; false when there was none."""
        async with self._intake.uow.reader() as uow:
            position = await service.position_of(uow, self._source)
        # Another validity means that the numbers mean other messages: everything is read again, which changes nothing.
        last = int(position.get("uid", 0)) if position.get("validity") == visit.validity else 0
        waiting = await asyncio.to_thread(visit.behind, last)
        batch = waiting[: self._settings.batch]
        if not batch:
            return False
        letters = await asyncio.to_thread(visit.fetch, batch)
        done, aside = await self._take(letters)
        async with self._intake.uow() as uow:
            await service.keep_position(uow, self._source, {"validity": visit.validity, "uid": batch[-1]})
        # A crash before these lines leaves taken messages where they are: untidy, and nothing else.
        await asyncio.to_thread(visit.done, done)
        await asyncio.to_thread(visit.put_aside, aside)
        return True

    async def _take(self, letters: Sequence[Letter]) -> tuple[list[int], list[int]]:
        done, aside = [], []
        for letter in letters:
            if letter.octets is None:
                self._intake.note_quarantined(self._source)
                aside.append(letter.uid)
                continue
            try:
                await self._intake.found(self._source, letter.octets)
            except Poisoned:
                aside.append(letter.uid)
            else:
                done.append(letter.uid)
        return done, aside
