"""The whole way: deliveries through stored gateways, at their pace, and around those that do not work."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from common.http.etags import Precondition
from mailer.gateways import service
from mailer.gateways.schemas import DestinationLimitIn, GatewayChangesIn, GatewayIn, GatewayOut
from mailer.sealing import Sealer
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.signing import SEALING_KEY
from tests.support.smtp import Fate, a_sink
from tests.support.smtp_peer import Peer, a_peer
from tests.support.wait import eventually

Clone = Callable[[str], str]


@asynccontextmanager
async def sending(url: str, default_port: int, lui: FakeLui) -> AsyncIterator[RunningMailer]:
    """A mailer at work that can keep passwords."""
    settings = mailer_settings(url, default_port)
    async with a_mailer(settings.model_copy(update={"encryption_key": SecretStr(SEALING_KEY)}), lui) as running:
        yield running


def desk_of(mailer: RunningMailer) -> service.Desk:
    return service.Desk(mailer.settings.smtp, Sealer.of(mailer.settings))


def lines_of(mailer: RunningMailer) -> Sequence[service.Line]:
    """What the process at work may use."""
    return mailer.sender._means.gateways.lines()


async def stored(mailer: RunningMailer, port: int, **more: Any) -> GatewayOut:
    """A gateway beside the deployment's, for mail of sender.example unless told otherwise."""
    given = {"name": f"Gateway {port}", "host": "localhost", "port": port, "tls": "none"}
    new = GatewayIn.model_validate({**given, "sender_domains": ["sender.example"], **more})
    async with mailer.resources.uow() as uow:
        made = await service.create_gateway(uow, new, desk=desk_of(mailer), by="ada")
    await eventually(lambda: made.id in [line.id for line in lines_of(mailer)])
    return made


async def test_mail_of_a_named_domain_takes_its_gateway_and_other_mail_the_deployments(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as default, a_sink() as named, sending(clone("mailer"), default.port, lui) as mailer:
        await stored(mailer, named.port)
        other = {"address": "news@other.example", "name": "News", "reply_to": None, "bounces": {"mode": "automatic"}}
        for fact in (lui.offer(an_audience(20)), lui.offer(an_audience(5), sender=other)):
            await mailer.finished(await mailer.deliver(fact))
        assert (len(named.received), len(default.received)) == (20, 5)


async def test_a_rate_is_kept_by_what_arrives(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as default, a_sink() as named, sending(clone("mailer"), default.port, lui) as mailer:
        await stored(mailer, named.port, rate_per_second=20.0)
        began = time.monotonic()
        end = await mailer.finished(await mailer.deliver(lui.offer(an_audience(60))))
        assert only(end.counts) == {"sent": 60}
        assert time.monotonic() - began >= (60 - 2) / 20
    assert len(named.received) == 60


async def test_a_wrong_password_holds_the_mail_with_its_reason_until_it_is_right(clone: Clone) -> None:
    lui = FakeLui()
    async with (
        a_sink() as default,
        a_peer(Peer(account=("ada", "right"))) as peer,
        sending(clone("mailer"), default.port, lui) as mailer,
    ):
        gateway = await stored(mailer, peer.port, user="ada", password="wrong")
        delivery_id = await mailer.deliver(lui.offer(an_audience(3)))

        async def shown() -> GatewayOut:
            async with mailer.resources.uow.reader() as uow:
                return await service.get_gateway(uow, mailer.settings.smtp, gateway.id)

        async def is_paused() -> bool:
            return (await shown()).state == "paused"

        await eventually(is_paused)
        assert "535" in ((await shown()).problem or "")
        assert (peer.count("MAIL"), len(default.received)) == (0, 0)
        async with mailer.resources.uow() as uow:
            edit = service.Edit(gateway.id, Precondition(None), "ada")
            changes = GatewayChangesIn.model_validate({"password": "right"})
            await service.change_gateway(uow, edit, changes, desk=desk_of(mailer))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 3}
        assert (len(peer.received), len(default.received)) == (3, 0)


async def test_a_destination_that_refuses_everything_for_now_holds_up_nobody_else(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(60)
    audience.rows = [
        (number, f"p{number}@{'storm' if number % 2 else 'calm'}.example", columns)
        for number, _, columns in audience.rows
    ]
    script = lambda address, _: Fate("RCPT", "421 4.7.0 slow down") if "@storm." in address else None  # noqa: E731
    async with a_sink(script) as sink, sending(clone("mailer"), sink.port, lui) as mailer:
        await mailer.deliver(lui.offer(audience))
        await eventually(lambda: len(sink.received) == 30)
        assert all(address.endswith("@calm.example") for address in sink.recipients)
        pacer = lines_of(mailer)[0].pacer
        await eventually(
            lambda: ("backing_off", "storm.example") in [(r.code, r.destination) for r in pacer.slowness()]
        )


async def test_a_limit_of_a_destination_holds_for_what_is_under_way(clone: Clone) -> None:
    lui = FakeLui()
    async with a_sink() as sink, sending(clone("mailer"), sink.port, lui) as mailer:
        async with mailer.resources.uow() as uow:
            asked = DestinationLimitIn(connections=1)
            await service.set_limit(uow, "example.org", asked, expected=Precondition(None), by="ada")
        line = lines_of(mailer)[0]
        await eventually(lambda: "example.org" in line.pacer._destinations._limits)
        end = await mailer.finished(await mailer.deliver(lui.offer(an_audience(40))))
        assert only(end.counts) == {"sent": 40}
        assert line.pacer._known["example.org"].limit == 1
