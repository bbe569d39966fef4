"""Watching a delivery: what mailer and tracker say of it, as people and programs see it."""

import pytest

from common.contracts.mailer import (
    BounceClass,
    DeliveryProgressedV1,
    DeliveryState,
    EnvelopeBouncedV1,
    EnvelopeComplainedV1,
    EnvelopeState,
)
from common.contracts.tracker import DeliveryTalliedV1
from common.ids import new_id
from lui.deliveries import service
from tests.lui.integration.deliveries.saying import NOTHING, finished, progressed, read
from tests.lui.integration.deliveries.world import Asked, World
from tests.support.clock import START


async def test_before_mailer_has_said_anything_everybody_waits(lui: World) -> None:
    delivery = await lui.a_delivery(Asked(recipients=3))
    assert await read(lui, delivery.id) == {
        "id": delivery.id,
        "job_id": delivery.job_id,
        "kind": "live",
        "state": "preparing",
        "total": 3,
        "counts": NOTHING | {"queued": 3},
        "rate_per_second": 0.0,
        "not_before": "2026-11-22T09:00:00Z",
        "started_at": None,
        "finished_at": None,
        "expected_end": None,
        "waiting_for": None,
        "reason": None,
        "opens": 0,
        "clicks": 0,
    }


async def test_progress_and_end_are_what_mailer_said_last(lui: World) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(progressed(delivery.id, 3, waiting_for="the gateway is away"))
    running = await read(lui, delivery.id)
    assert (running["state"], running["counts"]) == ("running", NOTHING | {"sent": 1, "queued": 2})
    assert (running["rate_per_second"], running["expected_end"]) == (2.5, "2026-11-22T09:00:02Z")
    assert running["waiting_for"] == "the gateway is away"
    await lui.bus.deliver(finished(delivery, 4))
    ended = await read(lui, delivery.id)
    assert (ended["state"], ended["counts"]) == ("finished", NOTHING | {"sent": 3})
    assert (ended["started_at"], ended["finished_at"]) == ("2026-11-22T09:00:00Z", "2026-11-22T09:00:03Z")
    assert (ended["rate_per_second"], ended["expected_end"], ended["waiting_for"]) == (0.0, None, None)


async def test_an_old_revision_changes_nothing_however_late_it_comes(lui: World) -> None:
    delivery = await lui.a_delivery()
    end = finished(delivery, 9)
    assert await lui.bus.deliver(end, progressed(delivery.id, 8), progressed(delivery.id, 9), end) == ["ack"] * 4
    ended = await read(lui, delivery.id)
    assert (ended["state"], ended["finished_at"]) == ("finished", "2026-11-22T09:00:03Z")


async def test_a_delivery_that_is_tried_again_runs_again(lui: World) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(finished(delivery, 2, state=DeliveryState.FAILED, reason="no gateway"))
    assert (await read(lui, delivery.id))["reason"] == "no gateway"
    await lui.bus.deliver(progressed(delivery.id, 3))
    running = await read(lui, delivery.id)
    assert (running["state"], running["finished_at"], running["reason"]) == ("running", None, None)


async def test_a_bounce_after_the_end_moves_the_counts_and_not_the_end(lui: World) -> None:
    delivery = await lui.a_delivery()
    counts = {EnvelopeState.SENT: 2, EnvelopeState.BOUNCED: 1}
    await lui.bus.deliver(
        finished(delivery, 2), progressed(delivery.id, 3, state=DeliveryState.FINISHED, counts=counts)
    )
    ended = await read(lui, delivery.id)
    assert ended["counts"] == NOTHING | {"sent": 2, "bounced": 1}
    assert ended["finished_at"] == "2026-11-22T09:00:03Z"


async def test_what_comes_back_after_mailers_last_word_is_counted_once_and_the_sum_stays(lui: World) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(finished(delivery, 2, counts={EnvelopeState.SENT: 2, EnvelopeState.BOUNCED: 1}))
    bounces = [
        EnvelopeBouncedV1(
            delivery_id=delivery.id,
            ordinal=ordinal,
            bounce_class=BounceClass.MAILBOX_FULL,
            permanent=False,
            enhanced_code=None,
            at=START,
        )
        for ordinal in (1, 1, 2)  # the first is the one that mailer had counted
    ]
    await lui.bus.deliver(*bounces)
    assert (await read(lui, delivery.id))["counts"] == NOTHING | {"sent": 1, "bounced": 2}
    complaints = [EnvelopeComplainedV1(delivery_id=delivery.id, ordinal=ordinal, at=START) for ordinal in (2, 2, 3)]
    await lui.bus.deliver(*complaints)
    assert (await read(lui, delivery.id))["counts"] == NOTHING | {"bounced": 1, "complained": 2}


async def test_opens_and_clicks_are_what_tracker_counted_last(lui: World) -> None:
    delivery = await lui.a_delivery()
    tallies = [
        DeliveryTalliedV1(delivery_id=delivery.id, revision=revision, opens=opens, clicks=1, at=START)
        for revision, opens in ((2, 7), (1, 3))
    ]
    await lui.bus.deliver(*tallies)
    assert (await read(lui, delivery.id))["opens"] == 7


@pytest.mark.parametrize(
    "fact",
    [
        progressed(new_id(), 1),
        DeliveryTalliedV1(delivery_id=new_id(), revision=1, opens=1, clicks=0, at=START),
        EnvelopeBouncedV1(
            delivery_id=new_id(),
            ordinal=1,
            bounce_class=BounceClass.POLICY,
            permanent=True,
            enhanced_code=None,
            at=START,
        ),
    ],
)
async def test_facts_about_deliveries_of_others_are_let_pass(lui: World, fact: DeliveryProgressedV1) -> None:
    assert await lui.bus.deliver(fact) == ["ack"]


async def test_an_envelope_bounces_once_and_a_permanent_bounce_outranks_a_temporary_one(lui: World) -> None:
    delivery = await lui.a_delivery()

    def bounced(ordinal: int, bounce_class: BounceClass, *, permanent: bool) -> EnvelopeBouncedV1:
        return EnvelopeBouncedV1(
            delivery_id=delivery.id,
            ordinal=ordinal,
            bounce_class=bounce_class,
            permanent=permanent,
            enhanced_code="5.1.1",
            at=START,
        )

    await lui.bus.deliver(
        bounced(1, BounceClass.MAILBOX_FULL, permanent=False),
        bounced(1, BounceClass.UNKNOWN_MAILBOX, permanent=True),
        bounced(1, BounceClass.MAILBOX_FULL, permanent=False),
        bounced(2, BounceClass.UNKNOWN_MAILBOX, permanent=True),
        bounced(3, BounceClass.GREYLISTED, permanent=False),
    )
    async with lui.resources.uow.reader() as uow:
        sums = await service.bounce_sums(uow, [delivery.id])
    assert (sums.permanent, sums.temporary, sums.complaints) == (2, 1, 0)
    assert sums.by_class == {BounceClass.UNKNOWN_MAILBOX: 2, BounceClass.GREYLISTED: 1}


@pytest.mark.parametrize("path", ["", "/progress", "/envelopes"])
async def test_a_delivery_is_there_for_its_owner_and_the_owners_group_only(lui: World, path: str) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(finished(delivery, 1))
    for client, found in (
        (lui.owner("see_recipients"), True),
        (lui.colleague("see_recipients"), True),
        (lui.stranger("see_recipients"), False),
    ):
        async with client:
            reply = await client.get(f"/api/v1/deliveries/{delivery.id}{path}")
        assert (reply.status_code != 404) is found
    async with lui.callers.anonymous() as nobody:
        assert (await nobody.get(f"/api/v1/deliveries/{delivery.id}{path}")).status_code == 401


@pytest.mark.parametrize("delivery_id", ["17", "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01", "%00", "x' OR '1'='1"])
async def test_what_does_not_exist_is_not_found(lui: World, delivery_id: str) -> None:
    async with lui.owner() as owner:
        reply = await owner.get(f"/api/v1/deliveries/{delivery_id}")
    assert (reply.status_code, reply.json()["type"]) == (404, "urn:tutti:problem:delivery-not-found")
