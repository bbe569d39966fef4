"""Notices as time passes: fetching, sending, forgetting."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.notices import service
from mailer.notices.post import Post

log = get_logger()
_LOOK_SECONDS = 3.0
_AFTER_FAILURE_SECONDS = 5.0
_TIDY_LOOKS = 1_200
_COUNT_LOOKS = 5
_AWAY = (SQLAlchemyError, OSError)


@dataclass(frozen=True, slots=True)
class Means:
    """What the loop works with."""

    fetcher: service.Fetcher
    post: Post
    sender: service.From
    terms: service.Terms
    keep: timedelta
    held: Callable[[], str | None]
    """Why nothing may leave at the moment; None when it may."""


class NoticeLoop:
    """Fetches and sends what is due; any number of processes may run it."""

    def __init__(self, uow: UnitOfWorkFactory, means: Means) -> None:
        self._uow = uow
        self._means = means
        self._looks = 0

    async def run(self) -> None:
        """Look every few seconds until cancelled; lui, PostgreSQL and the gateway may come and go."""
        while True:
            wait = _LOOK_SECONDS
            try:
                await self.once()
            except _AWAY as error:
                log.warning("notices not looked at", error=type(error).__name__)
                wait = _AFTER_FAILURE_SECONDS
            await asyncio.sleep(wait)

    async def once(self) -> None:
        """Do everything that is due now."""
        async with self._uow.reader() as uow:
            is_due = await service.is_due(uow)
        if is_due:
            await self._work()
        await self._tidy()

    async def _work(self) -> None:
        while await self._means.fetcher.once():
            pass
        try:
            while self._means.held() is None and await _finished(self._attempt()):
                pass
        finally:
            self._means.post.close()

    async def _attempt(self) -> bool:
        """One letter; returns whether there may be more."""
        means = self._means
        async with self._uow() as uow:
            letter, is_more = await service.claim_letter(uow, means.sender, means.terms)
        if letter is None:
            return is_more
        outcome = await means.post.send(letter)
        async with self._uow() as uow:
            await service.settle(uow, letter, outcome, means.terms)
        return True

    async def _tidy(self) -> None:
        if self._looks % _COUNT_LOOKS == 0:
            async with self._uow.reader() as uow:
                await service.count_waiting(uow)
        if self._looks % _TIDY_LOOKS == 0:
            is_more = True
            while is_more:
                async with self._uow() as uow:
                    is_more = await service.forget(uow, self._means.keep)
        self._looks += 1


async def _finished(attempt: Awaitable[bool]) -> bool:
    """Finish a letter in hand even when we are told to stop meanwhile, and stop then."""
    task = asyncio.ensure_future(attempt)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
