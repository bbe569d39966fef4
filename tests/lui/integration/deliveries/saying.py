"""What mailer and tracker say of a delivery, and how it is read."""

from datetime import timedelta
from typing import Any

import orjson

from common.contracts.mailer import (
    DeliveryFinishedV1,
    DeliveryProgressedV1,
    DeliveryState,
    EnvelopeState,
)
from common.http import httpx
from lui.deliveries import service
from lui.deliveries.models import Delivery
from tests.lui.integration.deliveries.world import World
from tests.support.clock import START

FAST = service.Pace(look=timedelta(milliseconds=10), ask=timedelta(milliseconds=50))


NOTHING = {state.value: 0 for state in EnvelopeState}


def progressed(delivery_id: str, revision: int, **changes: Any) -> DeliveryProgressedV1:
    given: dict[str, Any] = {
        "state": DeliveryState.RUNNING,
        "total": 3,
        "counts": {EnvelopeState.SENT: 1, EnvelopeState.QUEUED: 2},
        "rate_per_second": 2.5,
        "started_at": START,
        "expected_end": START + timedelta(seconds=2),
        "at": START,
    }
    return DeliveryProgressedV1(delivery_id=delivery_id, revision=revision, **(given | changes))


def finished(delivery: Delivery, revision: int, **changes: Any) -> DeliveryFinishedV1:
    given: dict[str, Any] = {
        "state": DeliveryState.FINISHED,
        "total": 3,
        "counts": {EnvelopeState.SENT: 3},
        "started_at": START,
        "finished_at": START + timedelta(seconds=3),
    }
    return DeliveryFinishedV1(
        delivery_id=delivery.id, delivery_number=delivery.number, revision=revision, **(given | changes)
    )


async def read(lui: World, delivery_id: str) -> dict[str, Any]:
    async with lui.owner() as owner:
        reply = await owner.get(f"/api/v1/deliveries/{delivery_id}")
    assert reply.status_code == 200
    document: dict[str, Any] = reply.json()
    return document


def events(reply: httpx.Response) -> list[dict[str, Any]]:
    return [orjson.loads(line.removeprefix("data: ")) for line in reply.text.splitlines() if line.startswith("data: ")]


async def yes() -> bool:
    return True
