"""Who it came back from, as lui asks when it chooses the next audience."""

from collections.abc import Callable
from dataclasses import replace

from common.http.access_token import BearerVerifier
from common.ids import new_id
from mailer.app import create_app
from tests.support.builders.coming_back import returns
from tests.support.builders.reports import a_complaint, a_dsn
from tests.support.http import Callers, StubHub

Clone = Callable[[str], str]


async def test_a_bit_is_set_for_whoever_the_report_counts_and_for_nobody_else(clone: Clone, stub_hub: StubHub) -> None:
    async with returns(clone("mailer")) as world:
        settings = world.mailer.settings
        known = replace(world.mailer.resources, bearer=BearerVerifier(settings, stub_hub.hub()))
        callers = Callers(create_app(settings, known, "all"), settings, stub_hub)
        delivery_id = await world.deliver(11)
        path = f"/internal/v1/deliveries/{delivery_id}/bounced"
        async with callers.as_service("lui") as lui:
            assert (await lui.get(path)).content == b""
            await world.give(a_dsn(recipient="person1@example.org"), 1)
            await world.give(a_dsn(recipient="person9@example.org", status="5.2.2"), 9)
            await world.give(a_complaint(), 4)
            await world.give(a_dsn(action="delayed", status="4.4.1"), 5)
            reply = await lui.get(path)
            assert reply.headers["content-type"] == "application/octet-stream"
            assert reply.content == bytes([0b00000010, 0b00000010])
            assert (await lui.get(f"/internal/v1/deliveries/{new_id()}/bounced")).status_code == 404
        async with callers.as_account("see_reports", "see_recipients") as somebody:
            assert (await somebody.get(path)).status_code == 403
