"""A rehearsal goes the whole way of a delivery, into a receiver of our own, and touches nobody."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from common.contracts.lui import RehearsalV1
from common.contracts.mailer import EnvelopeBouncedV1
from common.http.access_token import BearerVerifier
from common.ids import new_id
from mailer.app import create_app
from mailer.rehearsal.rules import Answer, Script
from mailer.rehearsal.service import Rehearsals
from tests.support.builders.mailer import (
    Audience,
    FakeLui,
    RunningMailer,
    a_mailer,
    an_audience,
    mailer_settings,
    only,
)
from tests.support.http import Callers, StubHub
from tests.support.smtp import Sink, a_sink
from tests.support.wait import eventually

OWNER = new_id()
ANSWERS = {"greylist": 0.1, "refuse": 0.1, "drop_after_dot": 0.02, "slow": 0.02, "slow_seconds": 0.05, "seed": 3}


@dataclass
class World:
    """A mailer, the gateway of real mail, and who may look."""

    mailer: RunningMailer
    gateway: Sink
    callers: Callers

    @property
    def rehearsals(self) -> Rehearsals:
        return cast(Rehearsals, self.mailer.sender._means.rehearsals)

    async def rehearse(self, audience: Audience, **answers: float) -> str:
        fact = self.mailer.lui.offer(audience, kind="rehearsal", owner_id=OWNER, rehearsal=answers)
        return await self.mailer.deliver(fact)

    async def shown(self, delivery_id: str) -> dict[str, Any]:
        await self.rehearsals.flush()
        async with self.callers.as_account("see_recipients", account_id=OWNER) as somebody:
            found: dict[str, Any] = (await somebody.get(f"/api/v1/deliveries/{delivery_id}/rehearsal")).json()
        return found


@pytest.fixture
async def world(clone: Callable[[str], str], stub_hub: StubHub) -> AsyncIterator[World]:
    url = clone("mailer")
    async with a_sink() as gateway, a_mailer(mailer_settings(url, gateway.port), FakeLui()) as mailer:
        resources = replace(mailer.resources, bearer=BearerVerifier(mailer.settings, stub_hub.hub()))
        found = World(
            mailer, gateway, Callers(create_app(mailer.settings, resources, "all"), mailer.settings, stub_hub)
        )
        yield found
        found.rehearsals.close()


async def test_a_job_is_rehearsed_beside_a_real_one_and_nobody_gets_it(world: World) -> None:
    rehearsed, real = an_audience(400), Audience([(n, f"real{n}@example.org", ["", ""]) for n in range(1, 51)])
    delivery_id = await world.rehearse(rehearsed, **ANSWERS)
    live = await world.mailer.deliver(world.mailer.lui.offer(real))
    ended, ended_live = await world.mailer.finished(delivery_id, deadline=40), await world.mailer.finished(live)
    script = Script(RehearsalV1.model_validate(ANSWERS), 400)
    drawn = Counter(script.lot(address.encode()).answer for address in rehearsed.addresses)
    assert only(ended.counts) == {"sent": 400 - drawn[Answer.REFUSE], "refused": drawn[Answer.REFUSE]}
    assert only(ended_live.counts) == {"sent": 50}
    assert sorted(world.gateway.recipients) == sorted(real.addresses)
    shown = await world.shown(delivery_id)
    # Who was sent away once came again and was accepted.
    again = drawn[Answer.GREYLIST] + drawn[Answer.DROP_AFTER_DOT]
    expected = {word.value: drawn[word] for word in Answer} | {"accept": drawn[Answer.ACCEPT] + again}
    assert shown["answers"] == expected
    assert (shown["state"], shown["fault_count"], len(shown["samples"])) == ("finished", 0, 10)
    assert shown["duration_seconds"] > 0
    assert shown["rate_per_second"] > 0


async def test_nobody_is_suppressed_and_nothing_is_reported(world: World) -> None:
    await world.mailer.finished(await world.rehearse(an_audience(30), refuse=1.0))
    assert await world.mailer.rows("SELECT 1 FROM mailer.suppressions") == []
    assert await world.mailer.stated(EnvelopeBouncedV1) == []


async def test_the_samples_are_the_messages_as_they_would_leave(world: World) -> None:
    delivery_id = await world.rehearse(an_audience(5))
    await world.mailer.finished(delivery_id)
    shown = await world.shown(delivery_id)
    assert sorted(sample["rcpt_to"] for sample in shown["samples"]) == an_audience(5).addresses
    for sample in shown["samples"]:
        name = sample["rcpt_to"].partition("@")[0].removeprefix("person")
        assert sample["subject"] == f"Hello Person {name}"


async def test_recipients_whose_message_cannot_be_composed_are_named(world: World) -> None:
    audience = Audience(
        [(1, "ada@example.org", ["ada@example.org", "Ada"]), (2, "bo@example.org", ["bo@example.org", "B\r\nBcc: x"])]
    )
    fact = world.mailer.lui.offer(
        audience, subject="{{ NAME }}", kind="rehearsal", owner_id=OWNER, rehearsal={},
        sender={"address": "n@sender.example", "name": "N", "reply_to": "{{ NAME }}", "bounces": {"mode": "automatic"}},
    )  # fmt: skip
    delivery_id = await world.mailer.deliver(fact)
    await world.mailer.finished(delivery_id)
    shown = await world.shown(delivery_id)
    assert shown["fault_count"] == len(shown["faults"]) > 0
    assert {fault["address"] for fault in shown["faults"]} <= {"ada@example.org", "bo@example.org"}
    assert all(fault["detail"] for fault in shown["faults"])
    assert world.gateway.received == []


async def test_a_rehearsal_that_runs_is_stopped(world: World) -> None:
    delivery_id = await world.rehearse(an_audience(2_000), slow=1.0, slow_seconds=1.0)

    async def begun() -> bool:
        return "sent" in await world.mailer.counts(delivery_id)

    await eventually(begun)
    await world.mailer.control(delivery_id, "cancel")
    ended = await world.mailer.finished(delivery_id)
    assert only(ended.counts)["cancelled"] > 1_000
    assert sum(ended.counts.values()) == 2_000
    assert world.gateway.received == []


async def test_it_goes_on_without_any_gateway(clone: Callable[[str], str]) -> None:
    settings = mailer_settings(clone("mailer"), 1)  # nobody listens there
    async with a_mailer(settings, FakeLui()) as mailer:
        delivery_id = await mailer.deliver(mailer.lui.offer(an_audience(20), kind="rehearsal", rehearsal={}))
        assert only((await mailer.finished(delivery_id)).counts) == {"sent": 20}
        cast(Rehearsals, mailer.sender._means.rehearsals).close()
