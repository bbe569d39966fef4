"""Intake's own HTTP over a real socket; under uvloop too, which the service runs on."""

import asyncio
import inspect
import os
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
import uvloop

from tests.support.intake_site import LINK, PIXEL, Client, Opening, Site, a_site, request
from tests.support.wait import eventually
from tracker.intake import metrics
from tracker.intake.listener import ListenerLimits
from tracker.intake.spool.record import HitKind

QUICK = ListenerLimits(request_seconds=0.3, idle_seconds=0.6, look_seconds=0.05, connections=40)


async def test_one_connection_serves_many_requests(client: Client) -> None:
    for _ in range(3):
        status, fields, body = await client.ask(PIXEL)
        assert (status, len(body), fields["content-type"]) == (200, 43, "image/gif")
        assert fields["date"].endswith(" GMT")
        assert "no-store" in fields["cache-control"]
    status, fields, body = await client.ask(LINK)
    assert (status, fields["location"], body) == (302, "https://example.org/1", b"")
    assert (await client.ask("/c/nonsense"))[0] == 404
    assert (await client.ask("/robots.txt"))[2] == b"User-agent: *\nDisallow: /\n"


async def test_head_gets_the_same_headers_and_no_body(client: Client) -> None:
    got, asked = await client.ask(PIXEL), await client.ask(PIXEL, "HEAD")
    assert asked == (*got[:2], b"")
    assert (await client.ask(LINK))[0] == 302  # nothing of a body stood in between


async def test_answers_to_requests_sent_ahead_keep_their_order(client: Client, site: Site) -> None:
    paths = [PIXEL, LINK, "/x", PIXEL, "/c/wrong", LINK] * 20
    await client.say(b"".join(map(request, paths)))

    assert [(await client.reply())[0] for _ in paths] == [200, 302, 404, 200, 404, 302] * 20
    assert site.process.spool.shed.total() == 0


async def test_who_sends_more_ahead_than_fits_is_answered_all_the_same(client: Client) -> None:
    padded = request(LINK, "GET", "X-Pad: " + "x" * 3_000)
    asking = asyncio.create_task(client.say(*[padded] * 200))

    assert [(await client.reply())[0] for _ in range(200)] == [302] * 200
    await asking


async def test_a_request_may_come_octet_by_octet(client: Client) -> None:
    for octet in request(PIXEL):
        await client.say(bytes([octet]))
    assert (await client.reply())[0] == 200


async def test_whoever_stops_talking_is_still_answered(client: Client) -> None:
    await client.say(request(PIXEL), request("/x"), request(LINK))
    client.end()
    assert [(await client.reply())[0] for _ in range(3)] == [200, 404, 302]
    assert await client.rest() == b""


@pytest.mark.parametrize(
    ("version", "field", "stays"),
    [("1.1", "X: y", True), ("1.1", "Connection: close", False), ("1.0", "X: y", False),
     ("1.0", "Connection: keep-alive", False)],
)  # fmt: skip
async def test_a_connection_ends_when_the_client_wants_it(
    client: Client,
    version: str,
    field: str,
    stays: bool,  # noqa: FBT001
) -> None:
    await client.say(f"GET {PIXEL} HTTP/{version}\r\n{field}\r\n\r\n".encode())
    status, fields, _ = await client.reply()
    assert (status, "connection" in fields) == (200, not stays)
    if stays:
        assert (await client.ask(LINK))[0] == 302
    else:
        assert await client.rest() == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"])
async def test_other_methods_are_refused(client: Client, site: Site, method: str) -> None:
    status, fields, _ = await client.ask(PIXEL, method)
    assert (status, fields["allow"]) == (405, "GET, HEAD")
    assert site.process.spool.durable.path is None


@pytest.mark.parametrize("start", ["/health/live", "/api/v1/x", "/metrics", "/internal/v1/x"])
async def test_what_is_the_applications_is_handed_on_with_the_connection(client: Client, start: str) -> None:
    assert (await client.ask(PIXEL))[0] == 200
    asked = request(start)
    await client.say(asked[:-30])
    async with asyncio.timeout(10):
        assert await client._reader.readexactly(13 + len(asked) - 30) == b"application: " + asked[:-30]
        await client.say(b"more")
        assert await client._reader.readexactly(17) == b"application: more"


async def test_a_client_that_never_finishes_its_request_is_sent_away(opening: Opening) -> None:
    site = await opening(QUICK)
    slow, good = await site.connect(), await site.connect()
    await slow.say(b"GET /o/")
    for _ in range(5):
        assert (await good.ask(PIXEL))[0] == 200
    assert await slow.rest() == b""
    assert (await good.rest()) == b""  # idle for too long, a little later
    await slow.leave()
    await good.leave()


async def test_a_thousand_slow_clients_keep_nobody_else_waiting(opening: Opening) -> None:
    site = await opening(ListenerLimits(request_seconds=0.5, look_seconds=0.05))
    slow = [await site.connect() for _ in range(300)]
    for each in slow:
        await each.say(b"GET /c/" + b"A" * 30)
    good = await site.connect()
    assert [(await good.ask(LINK))[0] for _ in range(50)] == [302] * 50
    await good.leave()
    await eventually(lambda: not site.connections)
    for each in slow:
        await each.leave()


async def test_there_is_an_end_to_connections(opening: Opening) -> None:
    site = await opening(ListenerLimits(connections=2))
    first, second, third = [await site.connect() for _ in range(3)]
    assert (await first.ask(PIXEL))[0] == 200
    assert await third.rest() == b""
    await second.leave()
    await eventually(lambda: len(site.connections) == 1)
    fourth = await site.connect()
    assert (await fourth.ask(PIXEL))[0] == 200
    for each in (first, third, fourth):
        await each.leave()


async def test_a_client_that_is_gone_before_its_answer_is_recorded_nevertheless(site: Site) -> None:
    for _ in range(20):
        client = await site.connect()
        await client.say(request(LINK))
        await client.leave()
    await eventually(lambda: site.process.spool.durable.end > 20 * 60)
    assert site.process.spool.shed[HitKind.CLICK] == 0


async def test_when_the_server_ends_an_answer_in_hand_is_given(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client, disk = await site.connect(), threading.Event()
    assert (await client.ask(PIXEL))[0] == 200
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (disk.wait(10), real(descriptor)))
    await client.say(request(PIXEL), request(LINK))
    await eventually(lambda: any(connection.is_waiting for connection in site.connections))
    for connection in list(site.connections):
        connection.shutdown()
    disk.set()

    assert (await client.reply())[0] == 200
    assert await client.rest() == b""
    await client.leave()


async def test_a_slow_disk_delays_every_answer_by_a_quarter_of_a_second_and_each_is_given_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients, disk = [await site.connect() for _ in range(5)], threading.Event()
    assert (await clients[0].ask(PIXEL))[0] == 200
    real, late = os.fdatasync, metrics.LATE._value.get()
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: (disk.wait(20), real(descriptor)))
    began = asyncio.get_running_loop().time()
    for client in clients:
        await client.say(request(LINK), request(PIXEL))

    assert [(await client.reply())[0] for client in clients] == [302] * 5
    assert 0.2 <= asyncio.get_running_loop().time() - began < 2
    assert [(await client.reply())[0] for client in clients] == [200] * 5
    assert metrics.LATE._value.get() - late == 10
    disk.set()
    end = site.process.spool.durable.end
    await eventually(lambda: site.process.spool.durable.end > end)
    assert (await clients[0].ask("/x"))[0] == 404  # nothing was answered twice
    for client in clients:
        await client.leave()
    assert site.process.spool.shed.total() == 0


@pytest.mark.parametrize(
    "promise",
    [
        test_one_connection_serves_many_requests,
        test_head_gets_the_same_headers_and_no_body,
        test_answers_to_requests_sent_ahead_keep_their_order,
        test_who_sends_more_ahead_than_fits_is_answered_all_the_same,
        test_a_request_may_come_octet_by_octet,
        test_whoever_stops_talking_is_still_answered,
        test_a_client_that_is_gone_before_its_answer_is_recorded_nevertheless,
        partial(test_what_is_the_applications_is_handed_on_with_the_connection, start="/api/v1/x"),
        partial(test_a_connection_ends_when_the_client_wants_it, version="1.0", field="X: y", stays=False),
    ],
)
def test_the_same_holds_on_the_loop_that_the_service_runs_on(
    promise: Callable[..., Awaitable[None]], tmp_path: Path
) -> None:
    async def kept() -> None:
        async with a_site(tmp_path) as site:
            client = await site.connect()
            given = {"site": site, "client": client}
            await promise(**{name: given[name] for name in inspect.signature(promise).parameters if name in given})
            await client.leave()

    uvloop.run(kept())


def test_slow_clients_are_sent_away_on_that_loop_too(tmp_path: Path) -> None:
    async def kept() -> None:
        async with a_site(tmp_path, QUICK) as site:

            async def opening(_: ListenerLimits) -> Site:
                return site

            await test_a_client_that_never_finishes_its_request_is_sent_away(opening)

    uvloop.run(kept())
