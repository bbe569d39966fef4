"""Watching a delivery: what mailer and tracker say of it, as people and programs see it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from fastapi import Request
from sqlalchemy import delete
from starlette.types import Message, Scope

from common.contracts.mailer import (
    BounceClass,
    DeliveryFinishedV1,
    DeliveryProgressedV1,
    DeliveryState,
    EnvelopeBouncedV1,
    EnvelopeState,
)
from common.contracts.problem import Unavailable
from common.contracts.tracker import DeliveryTalliedV1
from common.http import httpx
from common.http.bearer import Caller
from common.ids import new_id
from lui.deliveries import service
from lui.deliveries.models import Delivery
from lui.deliveries.routes import internal_router, router, usual_pace
from lui.worker import SUBSCRIPTIONS
from tests.lui.integration.deliveries.world import Asked, World, a_world
from tests.support.clock import START, FixedClock
from tests.support.wait import eventually, settled

FAST = service.Pace(look=timedelta(milliseconds=10), ask=timedelta(milliseconds=50))
NOTHING = {state.value: 0 for state in EnvelopeState}


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[World]:
    async with a_world(clone("lui"), [router, internal_router], subscriptions=SUBSCRIPTIONS) as world:
        yield world


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


async def test_the_stream_of_an_ended_delivery_is_its_final_state(lui: World) -> None:
    delivery = await lui.a_delivery()
    await lui.bus.deliver(finished(delivery, 1))
    async with lui.owner() as owner:
        reply = await owner.get(f"/api/v1/deliveries/{delivery.id}/progress")
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    [event] = events(reply)
    assert event == await read(lui, delivery.id)


async def test_the_stream_ends_with_the_final_state(lui: World) -> None:
    delivery = await lui.a_delivery()

    async def watch() -> httpx.Response:
        async with lui.owner() as owner:
            return await owner.get(f"/api/v1/deliveries/{delivery.id}/progress")

    watching = asyncio.create_task(watch())
    await lui.bus.deliver(progressed(delivery.id, 1), finished(delivery, 2))
    states = [event["state"] for event in events(await asyncio.wait_for(watching, 10))]
    assert states[-1] == "finished"
    assert states == sorted(set(states), key=states.index)


async def test_a_watcher_sees_each_change_once(lui: World) -> None:
    delivery = await lui.a_delivery()
    seen: list[int] = []

    async def watch() -> None:
        watched = service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=_yes, pace=FAST)
        async for revision in (each.progress_revision async for each in watched):
            seen.append(revision)  # noqa: PERF401 - looked at while it grows

    watching = asyncio.create_task(watch())
    await eventually(lambda: seen == [0])
    await lui.bus.deliver(progressed(delivery.id, 1))
    await eventually(lambda: seen == [0, 1])
    await lui.bus.deliver(finished(delivery, 2))
    await asyncio.wait_for(watching, 10)
    assert seen == [0, 1, 2]


async def test_watching_holds_no_database_connection_while_nothing_happens(lui: World) -> None:
    delivery = await lui.a_delivery()
    started = asyncio.Event()
    slow = service.Pace(look=timedelta(minutes=1))

    async def watch() -> None:
        async for _ in service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=_yes, pace=slow):
            started.set()

    watching = asyncio.create_task(watch())
    await asyncio.wait_for(started.wait(), 10)
    await eventually(lambda: lui.resources.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


async def test_watching_ends_with_the_session(lui: World) -> None:
    delivery = await lui.a_delivery()

    async def no() -> bool:
        return False

    watched = service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=no, pace=FAST)
    assert [each.state async for each in watched] == ["preparing"]


async def test_the_stream_ends_when_its_token_is_no_longer_good(clone: Callable[[str], str]) -> None:
    clock = FixedClock()
    async with a_world(clone("lui"), [router], clock=clock) as lui:
        lui.app.dependency_overrides[usual_pace] = lambda: FAST
        delivery = await lui.a_delivery()

        async def watch() -> httpx.Response:
            async with lui.owner() as owner:
                return await owner.get(f"/api/v1/deliveries/{delivery.id}/progress")

        watching = asyncio.create_task(watch())
        assert await settled(watching.done) is False
        clock.advance(minutes=10)
        reply = await asyncio.wait_for(watching, 10)
    assert [event["state"] for event in events(reply)] == ["preparing"]


async def test_a_watcher_who_leaves_costs_nothing_more(lui: World) -> None:
    lui.app.dependency_overrides[usual_pace] = lambda: FAST
    delivery = await lui.a_delivery()
    left = asyncio.Event()
    sent: list[Message] = []

    async def receive() -> Message:
        await left.wait()  # a GET has no body: there is nothing to hear before
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async with lui.owner() as owner:
        request = owner.build_request("GET", f"/api/v1/deliveries/{delivery.id}/progress")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    serving = asyncio.create_task(lui.app(scope, receive, send))
    await eventually(lambda: any(message.get("body") for message in sent))
    left.set()
    await lui.bus.deliver(progressed(delivery.id, 1))
    await asyncio.wait([serving], timeout=10)
    assert serving.done()
    serving.result()
    assert lui.resources.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_while_hub_cannot_be_asked_nobody_has_signed_out(lui: World) -> None:
    lui.app.dependency_overrides[usual_pace] = lambda: FAST
    delivery = await lui.a_delivery()
    asked: list[str] = []

    async def hub_goes_away(request: Request) -> Caller | None:
        asked.append(request.url.path)
        if len(asked) > 1:
            raise Unavailable("away")
        return None

    lui.app.state.caller_resolver = hub_goes_away

    async def watch() -> httpx.Response:
        async with lui.owner() as owner:
            return await owner.get(f"/api/v1/deliveries/{delivery.id}/progress")

    watching = asyncio.create_task(watch())
    await eventually(lambda: len(asked) > 2)
    await lui.bus.deliver(finished(delivery, 1))
    assert events(await asyncio.wait_for(watching, 10))[-1]["state"] == "finished"


async def test_watching_ends_with_what_is_watched(lui: World) -> None:
    delivery = await lui.a_delivery()
    watched = service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=_yes, pace=FAST)
    assert (await anext(watched)).id == delivery.id
    async with lui.resources.uow() as uow:
        await uow.session.execute(delete(Delivery).where(Delivery.id == delivery.id))
    assert [each async for each in watched] == []


async def test_envelopes_are_asked_of_mailer_in_the_callers_name(clone: Callable[[str], str]) -> None:
    asked: list[httpx.Request] = []
    envelope = {
        "ordinal": 2,
        "address": "r2@example.net",
        "state": "refused",
        "reply_code": 550,
        "enhanced_code": "5.1.1",
        "class": "unknown_mailbox",
        "text": "no such user",
        "attempts": 1,
        "next_attempt_at": None,
    }

    def mailer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"items": [envelope | {"more": "than lui reads"}], "next": "c2"})

    async with a_world(clone("lui"), [router], neighbours=httpx.MockTransport(mailer)) as lui:
        delivery = await lui.a_delivery()
        async with lui.owner("see_recipients") as owner:
            reply = await owner.get(
                f"/api/v1/deliveries/{delivery.id}/envelopes", params={"state": "refused", "after": "c1", "limit": 7}
            )
            token = owner.headers["authorization"]
    assert reply.json() == {"items": [envelope], "next": "c2"}
    [request] = asked
    assert request.headers["authorization"] == token
    assert (
        str(request.url)
        == f"http://mailer.test/api/v1/deliveries/{delivery.id}/envelopes?limit=7&state=refused&after=c1"
    )


async def test_addresses_need_a_right(lui: World) -> None:
    delivery = await lui.a_delivery()
    async with lui.owner() as owner:
        assert (await owner.get(f"/api/v1/deliveries/{delivery.id}/envelopes")).status_code == 403


async def test_without_mailer_envelopes_are_a_problem_with_a_time_to_come_back(lui: World) -> None:
    delivery = await lui.a_delivery()
    async with lui.owner("see_recipients") as owner:
        reply = await owner.get(f"/api/v1/deliveries/{delivery.id}/envelopes", params={"state": "sent"})
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
        assert (
            await owner.get(f"/api/v1/deliveries/{delivery.id}/envelopes", params={"state": "lost"})
        ).status_code == 422


def events(reply: httpx.Response) -> list[dict[str, Any]]:
    return [orjson.loads(line.removeprefix("data: ")) for line in reply.text.splitlines() if line.startswith("data: ")]


async def _yes() -> bool:
    return True
