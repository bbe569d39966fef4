"""Really connecting to a gateway, to see whether it works before mail depends on it."""

import asyncio
import contextlib
from dataclasses import replace
from typing import Final

from common.messaging.unit_of_work import UnitOfWorkFactory
from mailer.gateways import repository
from mailer.gateways.errors import CheckBusy, GatewayNotFound
from mailer.gateways.schemas import CheckOut, CheckStepOut, ExtensionsOut
from mailer.gateways.service.line import DEFAULT_ID, GatewaySettings
from mailer.gateways.service.settings import Desk
from mailer.gateways.service.stored import settings_of
from mailer.transport.service import Answer, Connection, Extensions, GatewayDown, Opener, Step, Target, Transaction

SECONDS: Final = 15.0
_GOODBYE_SECONDS: Final = 2.0
_AT_ONCE: Final = 4
_STEPS: Final[tuple[Step, ...]] = ("connect", "tls", "sign_in", "extensions")


class Checker:
    """Opens connections for administrators; a few at a time, and none for long."""

    def __init__(self, uow: UnitOfWorkFactory, desk: Desk) -> None:
        self._uow = uow
        self._desk = desk
        self._under_way = 0

    async def check(self, gateway_id: str) -> CheckOut:
        """Connect, encrypt, sign in, look at what is offered, and leave. Raises GatewayNotFound, CheckBusy."""
        if self._under_way >= _AT_ONCE:
            raise CheckBusy("Try again in a moment", retry_after_seconds=5)
        self._under_way += 1
        try:
            settings = await self._settings(gateway_id)
            if settings.broken_because is not None:
                return CheckOut(
                    ok=False, steps=[_step("connect", ok=False, detail=settings.broken_because)], extensions=None
                )
            found = await _try(settings.target)
        finally:
            self._under_way -= 1
        if found.extensions is not None and found.extensions.size:
            async with self._uow() as uow:
                values = {"max_size": found.extensions.size, "size_seen_at": uow.now}
                await repository.write_state(uow.session, gateway_id, values)
        return found

    async def _settings(self, gateway_id: str) -> GatewaySettings:
        if gateway_id == DEFAULT_ID:
            return GatewaySettings.of(self._desk.smtp)
        # Not held while somebody else's server is talked to.
        async with self._uow.reader() as uow:
            row = await repository.gateway(uow.session, gateway_id)
            if row is None:
                raise GatewayNotFound("It may have been removed", gateway_id=gateway_id)
            return settings_of(row, self._desk.smtp, self._desk.sealer)


async def _try(target: Target) -> CheckOut:
    patience = replace(target.timeouts, connect=min(target.timeouts.connect, SECONDS))
    visitor = _Visitor()
    try:
        connection = await Opener(replace(target, timeouts=patience)).open(visitor)
    except GatewayDown as down:
        passed = _STEPS[: _STEPS.index(down.step)]
        steps = [_passed(name, target, is_encrypted=True) for name in passed]
        return CheckOut(ok=False, steps=[*steps, _step(down.step, ok=False, detail=down.reason)], extensions=None)
    is_encrypted = connection.is_encrypted
    connection.drain()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(visitor.left.wait(), _GOODBYE_SECONDS)
    connection.abort("the check is over")
    steps = [_passed(name, target, is_encrypted=is_encrypted) for name in _STEPS[:3]]
    offered = connection.extensions
    steps.append(_step("extensions", ok=True, detail=_offered(offered)))
    return CheckOut(ok=True, steps=steps, extensions=_extensions(offered))


class _Visitor:
    """Has nothing to send."""

    def __init__(self) -> None:
        self.left = asyncio.Event()

    def take(self, connection: Connection) -> Transaction | None:
        """Nothing."""
        del connection
        return None

    def ended(self, connection: Connection, transaction: Transaction, answer: Answer) -> None:
        """Never: nothing was sent."""

    def broken(self, connection: Connection, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        """Never: nothing was sent."""

    def closed(self, connection: Connection, reason: str | None) -> None:
        """The visit is over."""
        del connection, reason
        self.left.set()


def _passed(name: Step, target: Target, *, is_encrypted: bool) -> CheckStepOut:
    if name == "connect":
        return _step(name, ok=True, detail=f"{target.host} answers on port {target.port}")
    if name == "sign_in":
        return _step(name, ok=True, detail=f"signed in as {target.user}" if target.user else "nobody signs in")
    if target.tls == "none":
        return _step(name, ok=True, detail="not encrypted, as this gateway is set up")
    if not is_encrypted:
        return _step(name, ok=True, detail="not encrypted: the server does not offer it")
    proven = ", and the certificate proves the host" if target.tls == "verified" else ""
    return _step(name, ok=True, detail=f"encrypted{proven}")


def _step(name: Step, *, ok: bool, detail: str) -> CheckStepOut:
    return CheckStepOut(name=name, ok=ok, detail=detail)


def _offered(extensions: Extensions) -> str:
    size = f"messages up to {extensions.size} octets" if extensions.size else "messages of any size"
    speed = "takes commands in groups" if extensions.pipelining else "takes one command at a time"
    return f"{speed}, {size}"


def _extensions(offered: Extensions) -> ExtensionsOut:
    return ExtensionsOut(
        pipelining=offered.pipelining,
        chunking=offered.chunking,
        size=offered.size,
        eight_bit=offered.eight_bit,
        smtputf8=offered.smtputf8,
    )
