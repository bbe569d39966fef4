import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from common.contracts.hub import HubActionRecordedV1
from common.messaging import consumer as consumers
from common.messaging import dead_letters
from common.messaging.connection import Bus, open_bus
from common.messaging.consumer import BatchSubscription, Consumer, Subscription
from common.messaging.streams import ensure_streams
from common.service.resources import Resources
from tests.common.conftest import SAMPLE, SampleSettings
from tests.common.sample.handler import ACTION, Handler, action, letters, notes
from tests.common.sample.tables import MESSAGING, DeadLetter
from tests.support.databases import Databases
from tests.support.engines import Nats, Postgres
from tests.support.http import StubHub, make_settings, resources_for
from tests.support.wait import eventually


@asynccontextmanager
async def consuming(
    settings: SampleSettings, resources: Resources, *subscriptions: Any, owner: bool = True
) -> AsyncIterator[Bus]:
    async with open_bus(settings) as bus:
        if owner:
            await bus.connected.wait()
            await ensure_streams(bus.jetstream, settings.nats_subject_prefix, owners=("hub",))
        consumer = Consumer(settings, bus, resources.uow, MESSAGING, subscriptions)
        task = asyncio.create_task(consumer.run())
        try:
            yield bus
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def publish(bus: Bus, settings: SampleSettings, *targets: object, body: bytes | None = None) -> None:
    prefix = settings.nats_subject_prefix
    subject = f"{prefix}.hub.action.recorded.v1" if prefix else "hub.action.recorded.v1"
    for target in targets:
        data = body if body is not None else action(target).model_dump_json().encode()
        await bus.jetstream.publish(subject, data, headers={"Nats-Msg-Id": f"m-{target}"})


class TestWithJetStream:
    @pytest.fixture
    def connected(self, settings: SampleSettings, nats_server: Nats, unique_prefix: str) -> SampleSettings:
        changed = {"nats_url": nats_server.address, "nats_subject_prefix": unique_prefix}
        return settings.model_copy(update=changed)

    async def test_facts_reach_their_handler(self, connected: SampleSettings, resources: Resources) -> None:
        handler = Handler()
        async with consuming(connected, resources, Subscription(HubActionRecordedV1, handler.one)) as bus:
            await publish(bus, connected, *range(120))
            await eventually(lambda: len(handler.calls) == 120)
            stream, durable = (f"{connected.nats_subject_prefix}_{name}" for name in ("HUB", "hub__action_recorded"))

            async def all_acknowledged() -> bool:
                info = await bus.jetstream.consumer_info(stream, durable)
                return bool(info.num_ack_pending == 0 and info.num_pending == 0)

            await eventually(all_acknowledged)
            config = (await bus.jetstream.consumer_info(stream, durable)).config
        assert (config.ack_wait, config.max_ack_pending, config.max_deliver) == (60, 1_000, -1)
        assert config.filter_subject == f"{connected.nats_subject_prefix}.hub.action.recorded.v1"
        assert len(await notes(resources)) == 120

    async def test_it_stops_though_a_wait_swallows_that_it_should(
        self, connected: SampleSettings, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waiting = asyncio.Event()

        async def deaf(*_: Any) -> list[Any]:
            waiting.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            return []

        monkeypatch.setattr(consumers, "_fetch", deaf)
        async with open_bus(connected) as bus:
            await bus.connected.wait()
            await ensure_streams(bus.jetstream, connected.nats_subject_prefix, owners=("hub",))
            subscription = Subscription(HubActionRecordedV1, Handler().one)
            consumer = Consumer(connected, bus, resources.uow, MESSAGING, [subscription])
            task = asyncio.create_task(consumer.run())
            await eventually(waiting.is_set)
            task.cancel()
            await eventually(task.done)

    async def test_a_letter_that_somebody_asked_for_is_tried_again_and_no_other(
        self, connected: SampleSettings, resources: Resources
    ) -> None:
        handler = Handler()
        durable = f"{connected.nats_subject_prefix}_hub__action_recorded"
        async with resources.uow() as uow:
            for target, consumer in (("asked", durable), ("not asked", durable), ("asked of others", "another")):
                body = action(target).model_dump_json()
                letter = {"message_id": target, "subject": ACTION.subject, "body": body, "headers": {}}
                row = {**letter, "consumer": consumer, "error": "e", "attempts": 8, "created_at": uow.now}
                await dead_letters.bury(uow.session, DeadLetter, row)
        async with resources.uow() as uow:
            for kept in await dead_letters.listed(uow.session, DeadLetter):
                if kept.message_id.startswith("asked"):
                    await dead_letters.request_retry(uow.session, DeadLetter, kept.id, at=uow.now)
        async with consuming(connected, resources, Subscription(HubActionRecordedV1, handler.one)):
            await eventually(lambda: handler.calls == [["asked"]], deadline=15)

            async def is_gone() -> bool:
                return {letter.message_id for letter in await letters(resources)} == {"not asked", "asked of others"}

            await eventually(is_gone)

    async def test_a_single_fact_does_not_wait_for_company(
        self, connected: SampleSettings, resources: Resources
    ) -> None:
        handler = Handler()
        subscription = BatchSubscription(HubActionRecordedV1, handler.many)
        async with consuming(connected, resources, subscription) as bus:
            await publish(bus, connected, 1)
            await eventually(lambda: handler.calls)
            begun = asyncio.get_running_loop().time()
            await publish(bus, connected, 2)
            await eventually(lambda: len(handler.calls) == 2)
            assert asyncio.get_running_loop().time() - begun < 1

    async def test_a_backlog_is_taken_in_batches(self, connected: SampleSettings, resources: Resources) -> None:
        handler = Handler()
        async with open_bus(connected) as bus:
            await bus.connected.wait()
            await ensure_streams(bus.jetstream, connected.nats_subject_prefix, owners=("hub",))
            await publish(bus, connected, *range(300))
        async with consuming(connected, resources, BatchSubscription(HubActionRecordedV1, handler.many, batch=100)):
            await eventually(lambda: sum(len(call) for call in handler.calls) == 300)
        assert len(handler.calls) <= 6

    async def test_a_poison_fact_lets_the_others_pass(self, connected: SampleSettings, resources: Resources) -> None:
        handler = Handler(failures={"bad": 99})
        async with consuming(connected, resources, Subscription(HubActionRecordedV1, handler.one)) as bus:
            await publish(bus, connected, "bad")
            await publish(bus, connected, "unreadable", body=b"{")
            await publish(bus, connected, "good")
            await eventually(lambda: ["good"] in handler.calls, deadline=10)
            await eventually(lambda: handler.calls.count(["bad"]) >= 2)
            await eventually(lambda: letters(resources))
        assert await notes(resources) == ["good"]

    async def test_a_stream_that_is_not_there_yet_is_waited_for(
        self, connected: SampleSettings, resources: Resources
    ) -> None:
        handler = Handler()
        subscription = Subscription(HubActionRecordedV1, handler.one)
        async with consuming(connected, resources, subscription, owner=False) as bus:
            await bus.connected.wait()
            await ensure_streams(bus.jetstream, connected.nats_subject_prefix, owners=("hub",))
            await publish(bus, connected, 1)
            await eventually(lambda: handler.calls)

    async def test_two_processes_share_the_work(self, connected: SampleSettings, resources: Resources) -> None:
        one, other = Handler(), Handler()
        async with (
            consuming(connected, resources, Subscription(HubActionRecordedV1, one.one)) as bus,
            consuming(connected, resources, Subscription(HubActionRecordedV1, other.one)),
        ):
            await publish(bus, connected, *range(200))
            await eventually(lambda: len(one.calls) + len(other.calls) >= 200)
        assert len(await notes(resources)) == 200


async def test_a_consumer_goes_on_after_nats_restarted_and_after_it_lost_everything(
    settings: SampleSettings, resources: Resources, own_nats: Nats
) -> None:
    settings = settings.model_copy(update={"nats_url": own_nats.address})
    handler = Handler()
    async with consuming(settings, resources, Subscription(HubActionRecordedV1, handler.one)) as bus:
        await publish(bus, settings, 1)
        await eventually(lambda: handler.calls == [["1"]])
        for round_number, lose in enumerate((False, True), 2):
            own_nats.kill()
            await eventually(lambda: not bus.connected.is_set())
            if lose:
                own_nats.lose_data()
            own_nats.start()
            await eventually(bus.connected.is_set)
            await ensure_streams(bus.jetstream, owners=("hub",))
            await publish(bus, settings, round_number)
            await eventually(partial(handler.calls.__contains__, [str(round_number)]), deadline=30)


async def test_a_consumer_goes_on_after_postgresql_restarted(
    own_postgres: Postgres, nats_server: Nats, unique_prefix: str, stub_hub: StubHub
) -> None:
    url = Databases(own_postgres).clone(SAMPLE, "hub")
    settings = make_settings(
        SampleSettings, database_url=url, nats_url=nats_server.address, nats_subject_prefix=unique_prefix
    )
    handler = Handler()
    async with (
        resources_for(settings, MESSAGING, stub_hub) as resources,
        consuming(settings, resources, Subscription(HubActionRecordedV1, handler.one)) as bus,
    ):
        await publish(bus, settings, 1)
        await eventually(lambda: handler.calls)
        own_postgres.kill()
        await publish(bus, settings, 2)
        await asyncio.wait_for(_refused(resources), 10)
        own_postgres.start()

        async def both() -> bool:
            return await notes(resources) == ["1", "2"]

        await eventually(both, deadline=30)


async def _refused(resources: Resources) -> None:
    with pytest.raises(OperationalError):
        async with resources.uow.reader() as uow:
            await uow.session.execute(text("SELECT 1"))
