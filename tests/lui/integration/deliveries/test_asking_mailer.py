"""Envelopes are mailer's: they are asked for in the caller's name."""

from collections.abc import Callable

from common.http import httpx
from lui.deliveries.routes import router
from tests.lui.integration.deliveries.world import World, a_world


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
