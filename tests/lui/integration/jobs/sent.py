"""A job on its way, and what mailer says about its end."""

from typing import Any

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from lui.jobs.scheduler import DueJobs
from tests.support.builders.lui import (
    Lui,
    ok,
)
from tests.support.bus import stated

LATER = {"mode": "at", "at": "2026-11-22T13:00", "time_zone": "Europe/Berlin"}


TRIGGER = {"mode": "trigger"}


async def live(lui: Lui) -> list[DeliveryRequestedV1]:
    return [fact for fact in await stated(lui.resources, DeliveryRequestedV1) if fact.kind is DeliveryKind.LIVE]


async def tick(lui: Lui) -> float:
    return await DueJobs(lui.resources.uow, "pages.test").once()


def ended(delivery: DeliveryRequestedV1, state: DeliveryState, revision: int = 1) -> DeliveryFinishedV1:
    example = DeliveryFinishedV1.examples[0]
    return DeliveryFinishedV1.model_validate(
        {**example, "delivery_id": delivery.delivery_id, "state": state, "revision": revision}
    )


async def stage(lui: Lui, job: Any) -> str:
    async with lui.ada() as ada:
        return str((await ok(await ada.get(f"/api/v1/jobs/{job['id']}")))["stage"])
