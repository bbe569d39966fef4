"""The stream of a delivery: each change once, to its end, and to nobody who may not see it any more."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import Request
from sqlalchemy import delete
from starlette.types import Message, Scope

from common.contracts.problem import Unavailable
from common.http import httpx
from common.http.bearer import Caller
from lui.deliveries import service
from lui.deliveries.models import Delivery
from lui.deliveries.routes import router, usual_pace
from tests.lui.integration.deliveries.saying import FAST, events, finished, progressed, read, yes
from tests.lui.integration.deliveries.world import World, a_world
from tests.support.clock import FixedClock
from tests.support.wait import eventually, settled


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
        watched = service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=yes, pace=FAST)
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
        async for _ in service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=yes, pace=slow):
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
    watched = service.watch_delivery(lui.resources.uow, delivery.id, may_go_on=yes, pace=FAST)
    assert (await anext(watched)).id == delivery.id
    async with lui.resources.uow() as uow:
        await uow.session.execute(delete(Delivery).where(Delivery.id == delivery.id))
    assert [each async for each in watched] == []
