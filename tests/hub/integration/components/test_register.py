from datetime import datetime, timedelta
from typing import Any

import pytest

from common.contracts.hub import HubSeenV1
from common.contracts.lui import LuiSeenV1
from common.contracts.mailer import MailerSeenV1
from common.contracts.shared import ComponentSeen
from common.contracts.tracker import TrackerSeenV1
from hub.config import HubSettings
from hub.worker import SUBSCRIPTIONS, Upkeep
from tests.support.builders.hub import HubUnderTest, rows
from tests.support.bus import HandBus


@pytest.fixture
def bus(hub: HubUnderTest) -> HandBus:
    return HandBus(hub.resources, SUBSCRIPTIONS)


def a_heartbeat(kind: type[ComponentSeen], at: datetime, instance_id: str = "a1", **about: Any) -> ComponentSeen:
    body = {"component": kind.owner(), "role": "all", "version": "0.1.0", "host": "pod-1", "ready": True, **about}
    return kind.model_validate({"instance_id": instance_id, "started_at": at, "at": at, **body})


async def register(hub: HubUnderTest) -> list[dict[str, Any]]:
    operator = await hub.as_account(f"operator {hub.clock().timestamp()}", "administer_installation")
    reply = await operator.get("/api/v1/components")
    assert reply.status_code == 200
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


async def test_every_service_that_beats_is_in_the_register(hub: HubUnderTest, bus: HandBus) -> None:
    kinds = (HubSeenV1, LuiSeenV1, MailerSeenV1, TrackerSeenV1)
    for kind in kinds:
        assert await bus.deliver(a_heartbeat(kind, hub.clock(), kind.owner())) == ["ack"]
    assert [each["component"] for each in await register(hub)] == ["hub", "lui", "mailer", "tracker"]


async def test_a_component_is_described_by_its_last_heartbeat(hub: HubUnderTest, bus: HandBus) -> None:
    first = hub.clock()
    await bus.deliver(a_heartbeat(LuiSeenV1, first, ready=False))
    later = hub.clock.advance(seconds=10)
    await bus.deliver(a_heartbeat(LuiSeenV1, later, version="0.2.0", started_at=first))
    [component] = await register(hub)
    assert component == {
        "instance_id": "a1",
        "component": "lui",
        "role": "all",
        "version": "0.2.0",
        "host": "pod-1",
        "state": "ready",
        "started_at": "2026-11-22T09:00:00Z",
        "first_seen_at": "2026-11-22T09:00:00Z",
        "last_seen_at": "2026-11-22T09:00:10Z",
    }


async def test_an_older_heartbeat_changes_nothing(hub: HubUnderTest, bus: HandBus) -> None:
    await bus.deliver(a_heartbeat(LuiSeenV1, hub.clock()))
    await bus.deliver(a_heartbeat(LuiSeenV1, hub.clock() - timedelta(seconds=20), ready=False))
    [component] = await register(hub)
    assert component["state"] == "ready"
    assert component["last_seen_at"] == "2026-11-22T09:00:00Z"


async def test_silence_makes_a_component_missing_and_a_day_of_it_forgotten(
    hub: HubUnderTest, bus: HandBus, settings: HubSettings
) -> None:
    await bus.deliver(a_heartbeat(LuiSeenV1, hub.clock()))
    hub.clock.advance(seconds=31)
    assert [each["state"] for each in await register(hub)] == ["missing"]
    hub.clock.advance(days=1)
    assert await register(hub) == []
    await Upkeep(settings, hub.resources).once()
    async with hub.unit() as uow:
        assert await rows(uow, "SELECT * FROM hub.components") == []


async def test_a_clock_that_is_ahead_keeps_no_dead_process_alive(hub: HubUnderTest, bus: HandBus) -> None:
    await bus.deliver(a_heartbeat(LuiSeenV1, hub.clock() + timedelta(hours=1)))
    hub.clock.advance(seconds=31)
    assert [each["state"] for each in await register(hub)] == ["missing"]
