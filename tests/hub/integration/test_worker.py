import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from common.contracts.hub import HubSeenV1
from common.messaging.consumer import Consumer
from common.messaging.relay import Relay
from common.service.heartbeat import Heartbeat
from common.service.resources import Resources, open_resources
from hub.config import HubSettings
from hub.tables import MESSAGING
from hub.worker import SUBSCRIPTIONS, Upkeep
from tests.support.builders.hub import HubUnderTest
from tests.support.clock import FixedClock
from tests.support.engines import Nats
from tests.support.wait import eventually


@pytest.fixture
async def connected(
    settings: HubSettings, nats_server: Nats, unique_prefix: str, clock: FixedClock
) -> AsyncIterator[Resources]:
    there = settings.model_copy(update={"nats_url": nats_server.address, "nats_subject_prefix": unique_prefix})
    async with open_resources(there, MESSAGING, clock=clock) as opened:
        yield opened


async def test_what_hub_states_comes_round_to_its_own_trail_and_register(
    connected: Resources, settings: HubSettings, clock: FixedClock
) -> None:
    hub = await HubUnderTest.open(settings, connected, clock)
    operator = await hub.as_account("operator", "administer_installation")
    bus = connected.nats
    assert bus is not None
    background = [
        asyncio.create_task(Relay(connected.settings, MESSAGING.outbox, bus, clock).run()),
        asyncio.create_task(
            Consumer(connected.settings, bus, connected.uow, MESSAGING, subscriptions=SUBSCRIPTIONS).run()
        ),
    ]
    await Heartbeat(connected, HubSeenV1, "all").beat()

    async def actions() -> Any:
        items = (await operator.get("/api/v1/audit")).json()["items"]
        return {item["action"] for item in items} >= {"signing_key.create", "account.create", "session.start"}

    async def beats() -> Any:
        return [item["component"] for item in (await operator.get("/api/v1/components")).json()["items"]] == ["hub"]

    try:
        await eventually(actions, 40)
        await eventually(beats, 40)
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


@pytest.mark.usefixtures("own_database")
async def test_one_part_of_the_upkeep_that_fails_does_not_hinder_the_others(
    hub: HubUnderTest, settings: HubSettings
) -> None:
    ada = await hub.an_account("ada")
    await hub.session_token(ada)
    async with hub.unit() as uow:
        await (await uow.session.connection()).exec_driver_sql("DROP TABLE hub.audit_entries")
    hub.clock.advance(days=2)
    await Upkeep(settings, hub.resources).once()
    async with hub.unit() as uow:
        left = await (await uow.session.connection()).exec_driver_sql(
            "SELECT (SELECT count(*) FROM hub.sessions), (SELECT count(*) FROM hub.sign_in_buckets)"
        )
        assert left.one() == (0, 0)
