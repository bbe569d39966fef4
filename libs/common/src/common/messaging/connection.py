"""The connection to NATS: made in the background, kept for ever, absent without stopping the service."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from common.config import ServiceSettings
from common.observability.logging import get_logger

log = get_logger()
REQUEST_SECONDS = 5.0
_RETRY_SECONDS = 1.0


class Bus:
    """One process' connection; `connections` grows each time it is made, so that tasks notice a restart."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.connections = 0
        self.connected = asyncio.Event()

    @property
    def jetstream(self) -> JetStreamContext:
        """The JetStream API of the connection."""
        return self.client.jetstream(timeout=REQUEST_SECONDS)

    async def check(self) -> str | None:
        """For readiness: None when connected."""
        return None if self.client.is_connected else "not connected"


@asynccontextmanager
async def open_bus(settings: ServiceSettings) -> AsyncIterator[Bus]:
    """Connect as the service's own user and answer at once; tasks wait for `bus.connected` themselves.

    At the end the connection is drained if it stands and dropped if it does not.
    """
    bus = Bus(Client())
    connecting = asyncio.create_task(_connect(bus, settings), name="nats connection")
    try:
        yield bus
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await _leave(bus.client)


async def _connect(bus: Bus, settings: ServiceSettings) -> None:
    """Connect, and again with a new client whenever the library gives one up (as after refused credentials)."""
    while True:
        closed = asyncio.Event()
        client = bus.client = Client()
        try:
            await client.connect(**_options(bus, settings, closed))
        except (NatsError, OSError, TimeoutError) as error:
            log.warning("nats is away", error=type(error).__name__)
        else:
            _noted(bus)
            await closed.wait()
        await asyncio.sleep(_RETRY_SECONDS)


def _options(bus: Bus, settings: ServiceSettings, closed: asyncio.Event) -> dict[str, Any]:
    # The library calls these back and refuses anything that is not a coroutine function.
    async def lost() -> None:
        if bus.connected.is_set():
            bus.connected.clear()
            log.warning("nats connection lost")

    async def given_up() -> None:
        await lost()
        closed.set()

    async def regained() -> None:
        _noted(bus)

    async def failed(error: Exception) -> None:
        log.warning("nats reported an error", error=type(error).__name__)

    return {
        "servers": settings.nats_url,
        "user": settings.nats_user or None,
        "password": settings.nats_password.get_secret_value() or None,
        "name": settings.service,
        # Replies come to subjects that no other service may listen to.
        "inbox_prefix": f"_INBOX_{settings.service}",
        "max_reconnect_attempts": -1,
        "reconnect_time_wait": _RETRY_SECONDS,
        "connect_timeout": 5,
        "ping_interval": 10,
        "disconnected_cb": lost,
        "reconnected_cb": regained,
        "error_cb": failed,
        "closed_cb": given_up,
    }


def _noted(bus: Bus) -> None:
    bus.connections += 1
    bus.connected.set()
    log.info("nats connected", connections=bus.connections)


async def _leave(client: Client) -> None:
    # Whatever a half-open connection raises must not keep the rest from being closed.
    with contextlib.suppress(Exception):
        async with asyncio.timeout(REQUEST_SECONDS):
            # Draining while reconnecting raises.
            await (client.drain() if client.is_connected else client.close())
