"""Sending only where somebody said so: a restored copy of an installation waits until it is armed."""

import asyncio
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from common.contracts.mailer import MailerActionRecordedV1
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.installation.errors import NothingToArm
from mailer.installation.models import InstallationRow, MachineRow
from mailer.installation.repository import InstallationRepository
from mailer.installation.rules import MOVED, Generation, Machines, why_held
from mailer.installation.schemas import ArmingOut, MachineOut

log = get_logger()
ARMED = Gauge("mailer_armed", "Whether this process may send: 0 where a restored copy waits to be armed.")
_MACHINE_ID = Path("/etc/machine-id")
_LOOK_SECONDS = 3.0
_WAITING_FOR = timedelta(seconds=30)
_UNKNOWN = "nothing is sent yet: it is not known whether this installation is armed"


def machine_id() -> str:
    """The id of the machine; empty where there is none, as in most containers."""
    try:
        return _MACHINE_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


class Arming:
    """What a sending process knows of it. Nothing may be sent before the first look."""

    def __init__(self, uow: UnitOfWorkFactory, machine: str | None = None) -> None:
        self._uow = uow
        self._machine = machine_id() if machine is None else machine
        self._first_look: dict[str, datetime] = {}
        self.reason: str | None = _UNKNOWN
        """In plain words why nothing is sent; None when it may be."""

    @property
    def may_send(self) -> bool:
        """Whether the sender may claim anything."""
        return self.reason is None

    async def run(self) -> None:
        """Look every few seconds; PostgreSQL may come and go, and what was known holds meanwhile."""
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.warning("cannot see whether this installation is armed", error=type(error).__name__)
            await asyncio.sleep(_LOOK_SECONDS)

    async def look(self) -> None:
        """Find out whether this is the installation that was armed; the first one ever is."""
        async with self._uow() as uow:
            repository = InstallationRepository(uow.session)
            now = await repository.generation()
            known = await repository.get()
            if known is None:
                await repository.begin(now, uow.now)
            rows = await repository.machines()
            armed = {row.machine: row.last_seen for row in rows if row.is_armed}
            for machine, seen in armed.items():
                self._first_look.setdefault(machine, seen)
            reason = None
            if known is not None:
                reason = why_held(_generation(known), now, self._machine, Machines(armed, self._first_look))
            if self._machine:
                await repository.see(self._machine, socket.gethostname(), uow.now, is_armed=reason is None)
            await repository.forget(uow.now - _WAITING_FOR)
        self._note(reason)

    def _note(self, reason: str | None) -> None:
        if reason != self.reason:
            (log.warning if reason else log.info)("sending is held" if reason else "sending is armed", reason=reason)
        self.reason = reason
        ARMED.set(reason is None)


async def show(uow: UnitOfWork, *, by: Caller) -> ArmingOut:
    """Whether this installation sends: for everybody. Who armed it and where it runs: for who administers it."""
    repository = InstallationRepository(uow.session)
    known, machines = await repository.get(), await repository.machines()
    reason = _why(known, await repository.generation(), machines)
    if not by.may("administer_installation"):
        return ArmingOut(state="held" if reason else "armed", reason=reason, armed_at=None, armed_by=None, machines=[])
    return ArmingOut(
        state="held" if reason else "armed",
        reason=reason,
        armed_at=known.armed_at if known else None,
        armed_by=known.armed_by if known else None,
        machines=[MachineOut(host=row.host, is_armed=row.is_armed, last_seen=row.last_seen) for row in machines],
    )


async def arm(uow: UnitOfWork, *, by: Caller) -> ArmingOut:
    """Let what is here now be the installation. Raises NothingToArm."""
    repository = InstallationRepository(uow.session)
    now = await repository.generation()
    if _why(await repository.get(), now, await repository.machines()) is None:
        raise NothingToArm("This installation is armed already")
    await repository.arm(now, uow.now, by.account_id)
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action="installation.arm",
            target_type="installation",
            target_id=now.system_identifier,
            correlation_id=uow.correlation_id,
        )
    )
    uow.session.expire_all()
    return await show(uow, by=by)


def _why(known: InstallationRow | None, now: Generation, machines: Sequence[MachineRow]) -> str | None:
    if known is None:
        return None
    held = why_held(_generation(known), now, "", Machines({}, {}))
    waiting = [row for row in machines if not row.is_armed]
    return held or (MOVED if waiting else None)


def _generation(known: InstallationRow) -> Generation:
    return Generation(known.system_identifier, known.timeline)
