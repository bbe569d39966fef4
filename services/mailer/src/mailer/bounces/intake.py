"""The one way in for everything that comes from outside, whichever source brings it."""

import asyncio
from collections import defaultdict
from dataclasses import replace

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from common.contracts.signed_token import ActionToken, TokenKeys
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.bounces import service
from mailer.bounces.rules import Report
from mailer.bounces.service import Arrival, Counted, Effect
from mailer.bounces.sources import Source
from mailer.bounces.tokens import TokenReader
from mailer.config import MailerSettings

log = get_logger()
MAX_MESSAGE = 25 * 1024 * 1024
_FLUSH_SECONDS = 1.0
_AWAY = (OperationalError, InterfaceError, PoolTimeout, OSError)


class TryLater(Exception):
    """The database is away: nothing was taken in, and the source must keep the message."""


class Poisoned(Exception):
    """A message that cannot be taken in, however often it comes; it is to be put aside."""


class Intake:
    """Reads messages, finds out which envelope they are about, and acts in one transaction each."""

    def __init__(self, settings: MailerSettings, uow: UnitOfWorkFactory, keys: TokenKeys) -> None:
        self.settings = settings
        self.uow = uow
        self.tokens = TokenReader(settings.bounce_domain, keys)
        self.terms = service.Terms.of(settings)
        self._counted: defaultdict[Source, Counted] = defaultdict(Counted)

    async def addressed(self, source: Source, message: bytes, token: ActionToken, *, has_sender: bool) -> Effect:
        """A message to an address of ours. Raises TryLater, Poisoned."""
        # In a thread: reading a large message must not hold up whatever else the process does.
        report = await self._read(source, message)
        arrival = Arrival(_named(source), report, message, token, is_addressed=True, has_sender=has_sender)
        return await self.take(source, arrival)

    async def found(self, source: Source, message: bytes) -> Effect:
        """A message out of a mailbox: it says itself whom it was for, or what it sends back. As `addressed`."""
        token = await asyncio.to_thread(self.tokens.addressed, message)
        if token is not None:
            return await self.addressed(source, message, token, has_sender=_has_sender(message))
        report = await self._read(source, message)
        named = await asyncio.to_thread(self.tokens.named_in, message)
        return await self.take(source, Arrival(_named(source), report, message, named, is_addressed=False))

    async def take(self, source: Source, arrival: Arrival) -> Effect:
        """Act on what was read. Raises TryLater, Poisoned."""
        try:
            async with self.uow() as uow:
                effect = await service.take_in(uow, arrival, self.terms)
        except _AWAY as error:
            log.warning("a report could not be recorded", source=source[0], error=type(error).__name__)
            raise TryLater(type(error).__name__) from error
        except Exception as error:
            # Whatever a stranger wrote must not stop what comes behind it.
            self._counted[source].quarantined += 1
            log.exception("a report cannot be taken in", source=source[0], kind=arrival.report.kind)
            raise Poisoned(type(error).__name__) from error
        counted = self._counted[source]
        counted.received += 1
        counted.unmatched += effect is Effect.UNMATCHED
        return effect

    async def park(self, source: Source, message: bytes) -> None:
        """Keep a poisoned message where it can be looked at, when its source cannot keep it. Raises TryLater."""
        arrival = Arrival(_named(source), Report("other"), message, None, is_addressed=False)
        await self.take(source, arrival)

    def note_quarantined(self, source: Source) -> None:
        """A message was put aside unread."""
        self._counted[source].quarantined += 1

    async def _read(self, source: Source, message: bytes) -> Report:
        try:
            return await asyncio.to_thread(_report_of, message)
        except Exception as error:
            self._counted[source].quarantined += 1
            log.exception("a report cannot be read", source=source[0])
            raise Poisoned(type(error).__name__) from error

    async def count(self) -> None:
        """Write the counts of the sources down every second, until cancelled; a crash loses the last one's."""
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Write the counts down now."""
        for source in list(self._counted):
            counted = self._counted.pop(source)
            try:
                async with self.uow() as uow:
                    await service.note_counts(uow, source, counted)
            except (SQLAlchemyError, OSError) as error:
                kept = self._counted[source]
                self._counted[source] = replace(
                    kept,
                    received=kept.received + counted.received,
                    unmatched=kept.unmatched + counted.unmatched,
                    quarantined=kept.quarantined + counted.quarantined,
                )
                log.warning("counts of a source not written", source=source[0], error=type(error).__name__)

    async def say(self, source: Source, problem: str | None) -> None:
        """Note how a source is doing."""
        try:
            async with self.uow() as uow:
                await service.note_problem(uow, source, problem)
        except (SQLAlchemyError, OSError) as error:
            log.warning("a source's problem not written", source=source[0], error=type(error).__name__)


def _report_of(message: bytes) -> Report:
    # Its patterns take a while to compile: the first report waits for them, not the start of the process.
    from mailer.bounces.reading import read_report  # noqa: PLC0415

    return read_report(message)


def _named(source: Source) -> str:
    return ": ".join(source)


def _has_sender(message: bytes) -> bool:
    """Whether the mailbox's server noted a return path that is not the empty one of mail systems."""
    head, _, _ = message[: 64 * 1024].replace(b"\r\n", b"\n").partition(b"\n\n")
    for line in head.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and name.strip().lower() == b"return-path":
            return value.strip() not in {b"<>", b""}
    return True
