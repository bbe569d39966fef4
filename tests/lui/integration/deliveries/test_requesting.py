"""Asking mailer and tracker for a delivery, and steering one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from common.contracts.digest import RecipientsDigest, document_digest
from common.contracts.lui import (
    DeliveryControlRequestedV1,
    DeliveryKind,
    DeliveryRequestedV1,
    LuiActionRecordedV1,
)
from common.contracts.mailer import DeliveryFinishedV1, DeliveryState
from lui.deliveries import service
from lui.deliveries.errors import DeliveryNotFound, DeliveryOver
from tests.lui.integration.deliveries.world import DOCUMENT, GROUP, OWNER, PLAN, Asked, World
from tests.support.bus import stated
from tests.support.clock import START

NEW_YEAR = datetime(2100, 1, 1, tzinfo=UTC)


async def test_a_request_states_everything_mailer_and_tracker_need(lui: World) -> None:
    delivery = await lui.a_delivery(Asked(job_id=GROUP, recipients=2, not_before=START + timedelta(hours=1)))
    digest = RecipientsDigest()
    for ordinal in (1, 2):
        digest.add(ordinal, f"r{ordinal}@example.net", (f"r{ordinal}@example.net", f"Nr. {ordinal}"))
    assert await stated(lui.resources, DeliveryRequestedV1) == [
        DeliveryRequestedV1(
            delivery_id=delivery.id,
            delivery_number=1,
            job_id=GROUP,
            owner_id=OWNER,
            group_id=GROUP,
            kind=DeliveryKind.LIVE,
            recipient_count=2,
            not_before=START + timedelta(hours=1),
            tracking=PLAN,
            content_digest=delivery.content_digest,
            recipients_digest=digest.hexdigest(),
        )
    ]


async def test_every_delivery_has_a_number_of_its_own(lui: World) -> None:
    assert [(await lui.a_delivery()).number for _ in range(3)] == [1, 2, 3]


async def test_mailer_gets_the_document_that_the_digest_was_made_of(lui: World) -> None:
    delivery = await lui.a_delivery(Asked(kind=DeliveryKind.TEST, not_before=NEW_YEAR))
    async with lui.callers.as_service("mailer") as mailer:
        reply = await mailer.get(f"/internal/v1/deliveries/{delivery.id}/content")
    document = orjson.loads(reply.content)
    assert document == {
        **DOCUMENT,
        "delivery_id": delivery.id,
        "delivery_number": delivery.number,
        "kind": "test",
        "tracking": PLAN.model_dump(mode="json"),
        "reference_time": "2100-01-01T00:00:00Z",
    }
    assert document_digest(document) == delivery.content_digest


async def test_the_reference_time_of_a_delivery_is_never_past(lui: World) -> None:
    delivery = await lui.a_delivery(Asked(not_before=datetime(2000, 1, 1, tzinfo=UTC)))
    async with lui.resources.uow.reader() as uow:
        document = orjson.loads(await service.get_content(uow, delivery.id))
    assert datetime.fromisoformat(document["reference_time"]) == delivery.requested_at


async def test_what_the_job_says_later_does_not_reach_a_delivery(lui: World) -> None:
    document = dict(DOCUMENT)
    delivery = await lui.a_delivery(Asked(document=document))
    document["subject"] = "changed"
    async with lui.callers.as_service("mailer") as mailer:
        reply = await mailer.get(f"/internal/v1/deliveries/{delivery.id}/content")
    assert reply.json()["subject"] == DOCUMENT["subject"]


async def test_recipients_are_pulled_in_pages_that_meet(lui: World) -> None:
    delivery = await lui.a_delivery(Asked(recipients=5))
    path = f"/internal/v1/deliveries/{delivery.id}/recipients"
    pulled, after = [], 0
    async with lui.callers.as_service("mailer") as mailer:
        while after is not None:
            page = (await mailer.get(path, params={"after": after, "limit": 2})).json()
            pulled.append(page["items"])
            after = page["next"]
    assert [[row[0] for row in items] for items in pulled] == [[1, 2], [3, 4], [5]]
    assert pulled[0][0] == [1, "r1@example.net", ["r1@example.net", "Nr. 1"]]


@pytest.mark.parametrize("recipients", [0, 2, 4])
async def test_the_last_page_says_so_even_when_it_is_full(lui: World, recipients: int) -> None:
    delivery = await lui.a_delivery(Asked(recipients=recipients))
    async with lui.callers.as_service("mailer") as mailer:
        path = f"/internal/v1/deliveries/{delivery.id}/recipients"
        page = (await mailer.get(path, params={"after": max(0, recipients - 2), "limit": 2})).json()
    assert (len(page["items"]), page["next"]) == (min(2, recipients), None)


@pytest.mark.parametrize("query", [{"limit": 2001}, {"limit": 0}, {"after": -1}, {"after": "x"}])
async def test_a_page_that_cannot_be_is_refused(lui: World, query: dict[str, str]) -> None:
    delivery = await lui.a_delivery()
    async with lui.callers.as_service("mailer") as mailer:
        reply = await mailer.get(f"/internal/v1/deliveries/{delivery.id}/recipients", params=query)
    assert reply.status_code == 422


@pytest.mark.parametrize("part", ["content", "recipients"])
async def test_only_mailer_reads_content_and_recipients(lui: World, part: str) -> None:
    delivery = await lui.a_delivery()
    path = f"/internal/v1/deliveries/{delivery.id}/{part}"
    for client, status in (
        (lui.callers.anonymous(), 401),
        (lui.owner("see_recipients", "administer_installation"), 403),
        (lui.callers.as_service("tracker"), 403),
        (lui.callers.as_service("mailer"), 200),
    ):
        async with client:
            assert (await client.get(path)).status_code == status


async def test_steering_states_what_is_wanted_with_a_growing_revision(lui: World) -> None:
    delivery = await lui.a_delivery()
    for action in ("pause", "resume", "cancel"):
        async with lui.resources.uow() as uow:
            await service.control_delivery(uow, delivery.id, action, by=OWNER)
    assert [
        (fact.delivery_id, fact.revision, fact.action, fact.requested_by)
        for fact in await stated(lui.resources, DeliveryControlRequestedV1)
    ] == [(delivery.id, 1, "pause", OWNER), (delivery.id, 2, "resume", OWNER), (delivery.id, 3, "cancel", OWNER)]


async def test_what_was_asked_is_on_record(lui: World) -> None:
    delivery = await lui.a_delivery()
    async with lui.resources.uow() as uow:
        await service.control_delivery(uow, delivery.id, "pause", by=OWNER)
    recorded = await stated(lui.resources, LuiActionRecordedV1)
    assert [(fact.action, fact.target_id, fact.actor_id) for fact in recorded] == [
        ("delivery.request", delivery.id, OWNER),
        ("delivery.pause", delivery.id, OWNER),
    ]


async def test_a_delivery_that_is_over_cannot_be_steered_but_tried_again(lui: World) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(_finished(delivery.id, delivery.number, DeliveryState.CANCELLED))
    for action in ("pause", "resume", "cancel"):
        with pytest.raises(DeliveryOver):
            async with lui.resources.uow() as uow:
                await service.control_delivery(uow, delivery.id, action, by=OWNER)
    async with lui.resources.uow() as uow:
        await service.control_delivery(uow, delivery.id, "retry", by=OWNER)
    assert [fact.action for fact in await stated(lui.resources, DeliveryControlRequestedV1)] == ["retry"]


@pytest.mark.parametrize("delivery_id", ["0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01", "17", ""])
async def test_what_does_not_exist_cannot_be_steered(lui: World, delivery_id: str) -> None:
    with pytest.raises(DeliveryNotFound):
        async with lui.resources.uow() as uow:
            await service.control_delivery(uow, delivery_id, "pause", by=OWNER)


async def test_a_jobs_deliveries_come_newest_last(lui: World) -> None:
    asked = Asked()
    made = [await lui.a_delivery(replace(asked, kind=kind)) for kind in (DeliveryKind.TEST, DeliveryKind.LIVE)]
    await lui.a_delivery()
    async with lui.resources.uow.reader() as uow:
        found = await service.deliveries_of(uow, asked.job_id)
        live = await service.live_deliveries_of(uow, asked.job_id)
        by_job = await service.deliveries_of_jobs(uow, [asked.job_id, GROUP])
        used = await service.used_snapshots(uow, [made[0].snapshot_id, GROUP])
    assert [each.id for each in found] == [each.id for each in made]
    assert [each.id for each in live] == [made[1].id]
    assert {job_id: len(each) for job_id, each in by_job.items()} == {asked.job_id: 2, GROUP: 0}
    assert used == {made[0].snapshot_id}


def _finished(delivery_id: str, number: int, state: DeliveryState) -> DeliveryFinishedV1:
    return DeliveryFinishedV1(
        delivery_id=delivery_id,
        delivery_number=number,
        revision=9,
        state=state,
        total=3,
        counts={},
        started_at=None,
        finished_at=START,
    )
