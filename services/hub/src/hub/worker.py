"""What hub does beside answering requests."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.contracts.lui import LuiActionRecordedV1, LuiSeenV1
from common.contracts.mailer import MailerActionRecordedV1, MailerSeenV1
from common.contracts.shared import Role
from common.contracts.tracker import TrackerActionRecordedV1, TrackerSeenV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from common.service.resources import Resources
from common.service.run import Background
from hub.accounts.passwords import Passwords
from hub.audit import service as audit
from hub.audit.handlers import on_action_recorded
from hub.components import service as components
from hub.components.handlers import on_component_seen
from hub.config import HubSettings
from hub.sessions import service as sessions
from hub.sessions.credentials_file import write_credentials
from hub.sessions.sealing import Sealer

log = get_logger()

SUBSCRIPTIONS = (
    Subscription(HubActionRecordedV1, on_action_recorded),
    Subscription(LuiActionRecordedV1, on_action_recorded),
    Subscription(MailerActionRecordedV1, on_action_recorded),
    Subscription(TrackerActionRecordedV1, on_action_recorded),
    Subscription(HubSeenV1, on_component_seen),
    Subscription(LuiSeenV1, on_component_seen),
    Subscription(MailerSeenV1, on_component_seen),
    Subscription(TrackerSeenV1, on_component_seen),
)

UPKEEP_EVERY = timedelta(minutes=10)
_AGAIN_AFTER_SECONDS = 1.0


def tasks(settings: HubSettings, resources: Resources, role: Role) -> Sequence[Background]:
    """Preparing to answer, for processes that do; the upkeep of the database, for those that work."""
    found: list[Background] = []
    if role in ("all", "api"):
        found.append(Preparation(settings, resources).run)
    if role in ("all", "worker"):
        found.append(Upkeep(settings, resources).run)
    return found


class Preparation:
    """Sees to it that there is an account to sign in to and a key to sign with; the process is not ready before."""

    def __init__(self, settings: HubSettings, resources: Resources) -> None:
        self._settings = settings
        self._resources = resources
        self._done = asyncio.Event()
        resources.health.add("preparation", self._check)

    async def run(self) -> None:
        """Prepare, trying again while the database is away or not migrated; then wait until cancelled."""
        while not self._done.is_set():
            try:
                await self.prepare()
            except Exception as error:  # noqa: BLE001 -- whatever it is, readiness tells and the next try may do
                log.warning("preparation failed", error=type(error).__name__)
                await asyncio.sleep(_AGAIN_AFTER_SECONDS)
        await asyncio.Event().wait()

    async def prepare(self) -> None:
        """Make the first signing key and the first administrator where they are missing."""
        async with self._resources.uow() as uow:
            await sessions.rotate_keys(uow, Sealer(self._settings.encryption_keys()))
        await self._first_administrator()
        self._done.set()

    async def _first_administrator(self) -> None:
        path = self._settings.credentials_file
        if path is None:
            log.info("no credentials file is configured, the first account is made by create-admin")
            return
        passwords = Passwords(at_once=1)
        async with self._resources.uow() as uow:
            credentials = await sessions.create_first_administrator(uow, passwords)
            if credentials is not None:
                # Before the commit: an account whose password nobody was told would lock the installation.
                await asyncio.to_thread(write_credentials, path, credentials)
                log.info("first administrator made", account=credentials.account)

    async def _check(self) -> str | None:
        return None if self._done.is_set() else "the first account and signing key are not made yet"


class Upkeep:
    """Keeps keys young, partitions ahead and old rows gone; any number of processes may do it at once."""

    def __init__(self, settings: HubSettings, resources: Resources) -> None:
        self._resources = resources
        self._sealer = Sealer(settings.encryption_keys())

    async def run(self) -> None:
        """Every ten minutes until cancelled."""
        while True:
            await self.once()
            await asyncio.sleep(UPKEEP_EVERY.total_seconds())

    async def once(self) -> None:
        """All of it, each in a transaction of its own, so that one that fails does not hinder the others."""
        await self._try("rotate keys", lambda uow: sessions.rotate_keys(uow, self._sealer))
        await self._try("prepare months", audit.prepare_months)
        await self._try("forget sessions", sessions.forget_what_is_over)
        await self._try("forget components", components.forget_gone)

    async def _try(self, task: str, work: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        try:
            async with self._resources.uow() as uow:
                await work(uow)
        except Exception as error:  # noqa: BLE001 -- the database may be away; the next turn will do
            log.warning("upkeep failed", task=task, error=type(error).__name__)
