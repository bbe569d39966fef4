"""Queries on the installation."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.installation.models import InstallationRow, MachineRow
from mailer.installation.rules import Generation

_GENERATION = text(
    "SELECT CAST(s.system_identifier AS text), c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c"
)


class InstallationRepository:
    """Bound to a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def generation(self) -> Generation:
        """The cluster as it is now."""
        identifier, timeline = (await self._session.execute(_GENERATION)).one()
        return Generation(str(identifier), int(timeline))

    async def get(self) -> InstallationRow | None:
        """As it was armed."""
        return await self._session.get(InstallationRow, 1)

    async def begin(self, now: Generation, at: datetime) -> None:
        """The first start ever: this is the installation. Somebody else may have been faster."""
        values = {
            "id": 1, "system_identifier": now.system_identifier, "timeline": now.timeline, "armed_at": at,
            "armed_by": None,
        }  # fmt: skip
        await self._session.execute(insert(InstallationRow).values(values).on_conflict_do_nothing())

    async def arm(self, now: Generation, at: datetime, by: str) -> None:
        """Make what is here now the installation, with the machines that wait."""
        values = {"system_identifier": now.system_identifier, "timeline": now.timeline, "armed_at": at, "armed_by": by}
        await self._session.execute(update(InstallationRow).values(values))
        await self._session.execute(delete(MachineRow).where(MachineRow.is_armed))
        await self._session.execute(update(MachineRow).values(is_armed=True))

    async def machines(self) -> Sequence[MachineRow]:
        """Every machine that was seen."""
        return (await self._session.scalars(select(MachineRow).order_by(MachineRow.machine))).all()

    async def see(self, machine: str, host: str, at: datetime, *, is_armed: bool) -> None:
        """A machine is there; one that is armed stays so."""
        row = insert(MachineRow).values(machine=machine, host=host, is_armed=is_armed, last_seen=at)
        changes = {"host": host, "last_seen": at, "is_armed": MachineRow.is_armed | row.excluded.is_armed}
        await self._session.execute(row.on_conflict_do_update(index_elements=[MachineRow.machine], set_=changes))

    async def forget(self, before: datetime) -> None:
        """Drop machines that wait no longer."""
        gone = delete(MachineRow).where(MachineRow.last_seen < before, ~MachineRow.is_armed)
        await self._session.execute(gone)
