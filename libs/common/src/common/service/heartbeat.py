"""A process says every ten seconds that it is alive."""

import asyncio
import socket
from importlib.metadata import PackageNotFoundError, version

from common.contracts.shared import ComponentSeen, Role
from common.ids import new_id
from common.observability.logging import get_logger
from common.service.resources import Resources

log = get_logger()
SECONDS = 10.0


class Heartbeat:
    """States the service's `component.seen` fact; a waiting one is replaced, so that an outage leaves no heap."""

    def __init__(self, resources: Resources, fact: type[ComponentSeen], role: Role) -> None:
        self._resources = resources
        self._fact = fact
        self._role = role
        self._instance_id = new_id()
        self._started_at = resources.clock()

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            try:
                await self.beat()
            except Exception as error:  # noqa: BLE001 - a missed beat is what an absent database looks like
                log.warning("heartbeat missed", error=type(error).__name__)
            await asyncio.sleep(SECONDS)

    async def beat(self) -> None:
        """State the fact once."""
        service = self._resources.settings.service
        report = await self._resources.health.report()
        async with self._resources.uow() as uow:
            seen = self._fact(
                instance_id=self._instance_id,
                component=service,
                role=self._role,
                version=_version(service),
                host=socket.gethostname(),
                started_at=self._started_at,
                at=uow.now,
                ready=report["ready"],
            )
            uow.emit(seen, coalesce=f"seen:{self._instance_id}")


def _version(service: str) -> str:
    try:
        return version(f"tutti-{service}")
    except PackageNotFoundError:
        return "0"
