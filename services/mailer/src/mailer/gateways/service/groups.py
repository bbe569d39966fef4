"""Which destination an address belongs to: whoever runs the servers that take its domain's mail."""

import asyncio
from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import islice

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.dns import NoRecord, Resolver, Unanswered
from mailer.gateways import metrics, repository
from mailer.gateways.rules.names import domain_of, is_public, registrable

log = get_logger()
MAX_KNOWN = 50_000
MAX_WANTED = 10_000
_BATCH = 100
_AT_ONCE = 20
_BATCH_SECONDS = 20.0
_ANSWERED = timedelta(hours=24)
_UNANSWERED = timedelta(minutes=10)


class Groups:
    """Known destinations by domain. Asks in the background; until an answer is there a domain stands for itself."""

    def __init__(self, uow: UnitOfWorkFactory, resolver: Resolver | None) -> None:
        self._uow = uow
        self._resolver = resolver
        self._known: dict[str, str] = {}
        self._wanted: dict[str, None] = {}
        self._alone: frozenset[str] = frozenset()
        self._asking: asyncio.Task[None] | None = None

    def destination_of(self, address: str) -> str:
        """The destination of an address; called once per message."""
        domain = domain_of(address)
        return self._known.get(domain) or self._first_seen(domain)

    def stand_alone(self, names: Collection[str]) -> None:
        """These domains have limits of their own, so they are destinations of their own."""
        alone = frozenset(names)
        for name in self._alone ^ alone:
            self._known.pop(name, None)
        self._alone = alone

    def ask(self) -> None:
        """Find out about new domains, in the background and a batch at a time."""
        if self._wanted and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask(), name="mx lookups")

    async def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _first_seen(self, domain: str) -> str:
        if len(self._known) >= MAX_KNOWN:
            for name in list(islice(self._known, MAX_KNOWN // 10)):
                del self._known[name]
        self._known[domain] = domain
        wants = self._resolver is not None and domain not in self._alone and is_public(domain)
        if wants and len(self._wanted) < MAX_WANTED:
            self._wanted[domain] = None
        return domain

    async def _ask(self) -> None:
        try:
            while self._wanted:
                batch = list(islice(self._wanted, _BATCH))
                for domain in batch:
                    del self._wanted[domain]
                await self._find(batch)
        except (SQLAlchemyError, OSError) as error:
            # They stand for themselves until they are seen anew.
            log.warning("mx groups not read", error=type(error).__name__)

    async def _find(self, batch: Iterable[str]) -> None:
        async with self._uow.reader() as uow:
            stored = await repository.mx_groups(uow.session, list(batch), uow.now)
        self._keep(stored)
        metrics.LOOKUPS.labels("remembered").inc(len(stored))
        missing = [domain for domain in batch if domain not in stored]
        if not missing:
            return
        answers = await self._look_up(missing)
        self._keep({domain: destination for domain, (destination, _) in answers.items()})
        async with self._uow() as work:
            rows = [
                {"domain": domain, "destination": destination, "expires_at": work.now + kept}
                for domain, (destination, kept) in answers.items()
            ]
            await repository.write_mx_groups(work.session, rows)

    def _keep(self, found: dict[str, str]) -> None:
        for domain, destination in found.items():
            if domain in self._known and domain not in self._alone:
                self._known[domain] = destination

    async def _look_up(self, domains: Iterable[str]) -> dict[str, tuple[str, timedelta]]:
        answers = {domain: (domain, _UNANSWERED) for domain in domains}
        few = asyncio.Semaphore(_AT_ONCE)

        async def one(domain: str) -> None:
            async with few:
                answers[domain] = await self._answer(domain)

        try:
            async with asyncio.timeout(_BATCH_SECONDS), asyncio.TaskGroup() as group:
                for domain in answers:
                    group.create_task(one(domain))
        except TimeoutError:
            log.warning("mx lookups take too long", asked=len(answers))
        return answers

    async def _answer(self, domain: str) -> tuple[str, timedelta]:
        assert self._resolver is not None  # noqa: S101 - nothing is wanted without one
        try:
            found = await self._resolver.mx(domain)
        except NoRecord:
            metrics.LOOKUPS.labels("none").inc()
            return domain, _ANSWERED
        except Unanswered:
            metrics.LOOKUPS.labels("unanswered").inc()
            return domain, _UNANSWERED
        metrics.LOOKUPS.labels("found").inc()
        # A single dot says that the domain takes no mail at all (RFC 7505).
        host = found[0][1] if found else ""
        return registrable(host) if host.strip(".") else domain, _ANSWERED
