"""All gateways as one process sees them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.config import MailerSettings
from mailer.dns import Resolver
from mailer.gateways import repository
from mailer.gateways.rules.choosing import chosen
from mailer.gateways.rules.destination import Limit
from mailer.gateways.rules.pacer import Share
from mailer.gateways.rules.shares import Standing
from mailer.gateways.service.groups import Groups
from mailer.gateways.service.line import GatewaySettings, Line
from mailer.gateways.service.notes import Notes
from mailer.gateways.service.stored import Picture, read_picture
from mailer.sealing import Sealer

log = get_logger()
AHEAD = 8
"""For each connection one message on the wire, and seven that wait for the gate or have its permission."""
DIVERTED = frozenset({"rehearsal"})
"""Kinds of deliveries that must never leave through a gateway."""


@dataclass(frozen=True, slots=True)
class Means:
    """What gateways need of a process. Without a resolver every domain is a destination of its own."""

    uow: UnitOfWorkFactory
    sealer: Sealer
    resolver: Resolver | None
    process: str
    """The owner id under which the process is registered and alive."""


class Gateways:
    """Refreshed from the database every few seconds; what is asked in between is answered from memory."""

    def __init__(self, settings: MailerSettings, means: Means, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._default = GatewaySettings.of(settings.smtp)
        self._smtp = settings.smtp
        self._means = means
        self._clock = clock
        self._groups = Groups(means.uow, means.resolver)
        self._notes = Notes(means.process, clock)
        self._standing = Standing()
        # Before the first look into the database there is the deployment's own.
        self._lines = {self._default.id: self._line(self._default, {})}
        self._by_domain: dict[str, tuple[Line, ...]] = {}

    async def refresh(self) -> None:
        """Read settings, write down what happened, take what is needed of the hour. Never raises when it fails."""
        self._notes.begin()
        try:
            async with self._means.uow() as uow:
                await self._refresh(uow)
        except (SQLAlchemyError, OSError) as error:
            log.warning("gateways not refreshed", error=type(error).__name__)
            return
        self._notes.done()
        self._notes.publish(self._lines.values())
        self._groups.ask()

    async def close(self) -> None:
        """Give back what was taken of the hour and not used, and say that this process writes to nobody any more."""
        await self._groups.close()
        try:
            async with self._means.uow() as uow:
                await self._notes.leave(uow, self._lines.values())
        except (SQLAlchemyError, OSError) as error:
            log.warning("gateways not left in order", error=type(error).__name__)

    def choose(self, sender_domain: str, key: int, kind: str) -> Line | None:
        """The gateway for a message: the same for the same key while the same ones work. None: it has to wait."""
        if kind in DIVERTED:
            return None
        candidates = self._candidates(sender_domain)
        if len(candidates) == 1:
            only = candidates[0]
            return only if only.is_usable else None
        usable = [line for line in candidates if line.is_usable]
        working = [line for line in usable if line.pacer.problem is None]
        if working and len(working) < len(usable):
            # Somebody has to notice when a failing one is back.
            probe = next((line for line in usable if line not in working and line.wants_probe()), None)
            if probe is not None:
                return probe
        among = working or usable
        return chosen(among, key) if among else None

    def leaves(self, line: Line, sender_domain: str) -> bool:
        """Whether what waits at a line does better elsewhere: it fails, or is not used any more, and others work."""
        if line.is_usable and line.pacer.problem is None:
            return False
        return any(each.is_usable and each.pacer.problem is None for each in self._candidates(sender_domain))

    def problem(self, sender_domain: str) -> str | None:
        """Why a sender's mail does not flow, in plain words; None while at least one gateway works."""
        candidates = self._candidates(sender_domain)
        problems = [(line.name, line.problem) for line in candidates]
        if any(problem is None for _, problem in problems):
            return None
        return "; ".join(f"the mail gateway {name} cannot be used: {problem}" for name, problem in problems)

    def lines(self) -> Sequence[Line]:
        """All that messages may be given to in this process."""
        return [line for line in self._lines.values() if line.is_usable]

    def _candidates(self, sender_domain: str) -> tuple[Line, ...]:
        found = self._by_domain.get(sender_domain)
        if found is None:
            domain = sender_domain.lower()
            present = [line for line in self._lines.values() if line.is_present]
            named = tuple(line for line in present if domain in line.settings.sender_domains)
            found = named or tuple(line for line in present if not line.settings.sender_domains)
            if len(self._by_domain) < 1_000:
                self._by_domain[sender_domain] = found
        return found

    async def _refresh(self, uow: UnitOfWork) -> None:
        await self._notes.write_pauses(uow, self._lines.values())
        picture = await read_picture(uow, self._smtp, self._means.sealer)
        living = await repository.live_processes(uow.session)
        self._standing = Standing.of(self._means.process, living)
        self._adopt(picture)
        await self._notes.write(uow, self._lines.values(), self._standing)

    def _adopt(self, picture: Picture) -> None:
        self._groups.stand_alone(picture.limits)
        share = {name: self._part(limit) for name, limit in picture.limits.items()}
        settings = {self._default.id: self._default, **picture.gateways}
        for gateway_id in [known for known in self._lines if known not in settings]:
            self._lines.pop(gateway_id).is_present = False
        for gateway_id, each in settings.items():
            line = self._lines.get(gateway_id)
            if line is None:
                line = self._lines[gateway_id] = self._line(each, share)
            self._update(line, each, share)
            line.pacer.obey_destination_pauses(picture.destination_pauses.get(gateway_id, {}))
            pause = picture.pauses.get(gateway_id)
            if each.broken_because is not None:
                line.pacer.obey_pause("configuration", each.broken_because)
            elif not line.pacer.is_stopping and (pause or (None, None)) != (line.pacer.pause_code, line.pacer.pause):
                line.pacer.obey_pause(*(pause or (None, None)))
        self._by_domain.clear()

    def _update(self, line: Line, settings: GatewaySettings, destinations: Mapping[str, Limit]) -> None:
        share = self._share(settings, destinations)
        line.settings, line.is_present, line.connections = settings, settings.is_enabled, share.connections
        line.pacer.adopt(share)

    def _line(self, settings: GatewaySettings, destinations: Mapping[str, Limit]) -> Line:
        return Line(settings, self._groups, self._share(settings, destinations), self._clock)

    def _share(self, settings: GatewaySettings, destinations: Mapping[str, Limit]) -> Share:
        return Share(
            self._standing.part_of(settings.connections),
            self._standing.rate_of(settings.rate_per_second),
            settings.rate_per_hour is not None,
            destinations,
            self._standing.count,
            AHEAD,
        )

    def _part(self, whole: Limit) -> Limit:
        # At least one at a time: a process that holds the messages of a destination must be able to send them.
        connections = None if whole.connections is None else max(1, self._standing.part_of(whole.connections))
        return Limit(connections, self._standing.rate_of(whole.rate_per_second))
