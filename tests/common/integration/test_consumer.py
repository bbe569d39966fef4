import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import psycopg
import pytest
from nats.aio.msg import Msg
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.messaging import consumer as consumers
from common.messaging import dead_letters, handling, inbox
from common.messaging.connection import Bus, open_bus
from common.messaging.consumer import BatchSubscription, Consumer, Subscription
from common.messaging.handling import retry_delay_seconds
from common.messaging.streams import ensure_streams
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from tests.common.conftest import SAMPLE, SampleSettings
from tests.common.sample.tables import MESSAGING, DeadLetter, Inbox, Note
from tests.support.bus import HandBus, a_message, stated
from tests.support.clock import START
from tests.support.databases import Databases
from tests.support.engines import Nats, Postgres
from tests.support.http import StubHub, make_settings, resources_for
from tests.support.wait import eventually

ACTION = HubActionRecordedV1.model_validate(HubActionRecordedV1.examples[0])


def action(target: object) -> HubActionRecordedV1:
    return ACTION.model_copy(update={"target_id": str(target)})


@dataclass
class Handler:
    """Writes a note per fact and states a fact of its own; fails as often as it is told to."""

    failures: dict[str, int] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    causes: list[str | None] = field(default_factory=list)
    correlations: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def one(self, uow: UnitOfWork, fact: HubActionRecordedV1) -> None:
        await self.many(uow, [fact])

    async def many(self, uow: UnitOfWork, facts: Sequence[HubActionRecordedV1]) -> None:
        self.calls.append([fact.target_id for fact in facts])
        self.causes.append(uow.causation_id)
        self.correlations.append(uow.correlation_id)
        for fact in facts:
            uow.session.add(Note(text=fact.target_id))
            uow.emit(HubSeenV1.model_validate(HubSeenV1.examples[0]))
        await uow.session.flush()
        if self.gate is not None:
            await self.gate.wait()
        for fact in facts:
            if self.failures.get(fact.target_id, 0) > 0:
                self.failures[fact.target_id] -= 1
                raise ValueError(f"no {fact.target_id}")


async def notes(resources: Resources) -> list[str]:
    async with resources.uow.reader() as uow:
        return sorted(await uow.session.scalars(select(Note.text)))


async def letters(resources: Resources) -> list[dead_letters.DeadLetterMixin]:
    async with resources.uow.reader() as uow:
        return list(await dead_letters.listed(uow.session, DeadLetter))


class TestWithoutABroker:
    """The desk: what becomes of a message."""

    async def test_a_message_delivered_twice_is_handled_once(self, resources: Resources) -> None:
        handler = Handler()
        bus = HandBus(resources, [Subscription(HubActionRecordedV1, handler.one)])
        answers = [*await bus.deliver(action(1), message_id="m"), *await bus.deliver(action(1), message_id="m")]
        assert answers == ["ack", "ack"]
        assert await notes(resources) == ["1"]
        assert len(await stated(resources, HubSeenV1)) == 1

    async def test_what_failed_left_nothing_and_comes_again(self, resources: Resources) -> None:
        handler = Handler(failures={"1": 1})
        bus = HandBus(resources, [Subscription(HubActionRecordedV1, handler.one)])
        assert await bus.deliver(action(1), message_id="m") == ["nak"]
        assert await notes(resources) == []
        assert await stated(resources, HubSeenV1) == []
        assert await bus.deliver(action(1), message_id="m") == ["ack"]
        assert await notes(resources) == ["1"]

    async def test_the_cause_goes_along(self, resources: Resources) -> None:
        handler = Handler()
        message = a_message(action(1), Correlation_Id="c-9", Nats_Msg_Id="m-9")
        await self._desk(resources, handler).each([cast(Msg, message)])
        assert handler.causes == ["m-9"]
        assert handler.correlations == ["c-9"]

    @pytest.mark.parametrize("tries", range(1, 8))
    async def test_a_failed_message_is_put_back_for_longer_and_longer(self, resources: Resources, tries: int) -> None:
        message = a_message(action("bad"), tries=tries)
        await self._desk(resources, Handler(failures={"bad": 99})).each([cast(Msg, message)])
        assert message.answers == ["nak"]
        assert message.delay == retry_delay_seconds(tries)

    def test_the_delays_grow_from_a_second_to_ten_minutes(self) -> None:
        assert [retry_delay_seconds(tries) for tries in range(1, 9)] == [1, 3, 9, 27, 81, 243, 600, 600]

    async def test_after_eight_tries_it_is_a_dead_letter(self, resources: Resources) -> None:
        message = a_message(action("bad"), tries=8, Correlation_Id="c-1")
        await self._desk(resources, Handler(failures={"bad": 99})).each([cast(Msg, message)])
        assert message.answers == ["term"]
        letter = (await letters(resources))[0]
        assert (letter.consumer, letter.attempts) == ("hub__action_recorded", 8)
        assert letter.body == message.data.decode()
        assert letter.headers["Correlation-Id"] == "c-1"
        assert letter.subject == "hub.action.recorded.v1"
        assert "no bad" in letter.error

    @pytest.mark.parametrize("body", [b"{", b"\xff\x00\xfe", b"{}", b"null", b'{"at": "soon"}'])
    async def test_what_cannot_be_read_is_a_dead_letter_at_once(self, resources: Resources, body: bytes) -> None:
        message = a_message(body, "hub.action.recorded.v1")
        await self._desk(resources, Handler()).each([cast(Msg, message)])
        assert message.answers == ["term"]
        assert len(await letters(resources)) == 1

    async def test_a_dead_letter_is_tried_again_when_asked_for(self, resources: Resources) -> None:
        handler = Handler(failures={"bad": 2})
        desk = self._desk(resources, handler)
        await desk.each([cast(Msg, a_message(action("bad"), tries=8))])
        letter_id = (await letters(resources))[0].id
        await desk.retry_letters()
        assert len(handler.calls) == 1, "nobody asked"
        for attempts in (9, None):
            async with resources.uow() as uow:
                assert await dead_letters.request_retry(uow.session, DeadLetter, letter_id, at=uow.now)
            await desk.retry_letters()
            left = await letters(resources)
            assert [letter.attempts for letter in left] == ([attempts] if attempts else [])
        assert await notes(resources) == ["bad"]

    async def test_one_bad_message_does_not_hold_up_its_batch(self, resources: Resources) -> None:
        handler = Handler(failures={"3": 99})
        messages = [a_message(action(number)) for number in range(5)] + [a_message(b"{")]
        await self._desk(resources, handler, batch=True).together(cast(Sequence[Msg], messages))
        assert [message.answers[-1] for message in messages] == ["ack", "ack", "ack", "nak", "ack", "term"]
        assert all(len(message.answers) == 1 for message in messages)
        assert await notes(resources) == ["0", "1", "2", "4"]
        assert handler.calls[0] == ["0", "1", "2", "3", "4"]

    async def test_a_batch_is_one_transaction(self, resources: Resources) -> None:
        handler = Handler()
        messages = [a_message(action(number)) for number in range(50)]
        messages += [a_message(action(7), Nats_Msg_Id=messages[7].headers["Nats-Msg-Id"])]
        desk = self._desk(resources, handler, batch=True)
        await desk.together(cast(Sequence[Msg], messages))
        await desk.together(cast(Sequence[Msg], messages))
        assert [len(call) for call in handler.calls] == [50]
        assert len(await notes(resources)) == 50

    async def test_an_absent_database_is_not_the_messages_fault(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk = self._desk(resources, Handler())
        message = a_message(action(1), tries=20)
        with monkeypatch.context() as patched:
            patched.setattr(inbox, "claim", _unreachable)
            await desk.each([cast(Msg, message)])
        assert message.answers == ["nak"]
        assert await letters(resources) == []
        assert await desk.database_answers()

    async def test_what_was_begun_is_finished_when_told_to_stop(self, resources: Resources) -> None:
        handler = Handler(gate=asyncio.Event())
        messages = [a_message(action(number)) for number in range(3)]
        work = asyncio.create_task(self._desk(resources, handler).each(cast(Sequence[Msg], messages)))
        await eventually(lambda: handler.calls)
        work.cancel()
        cast(asyncio.Event, handler.gate).set()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert [message.answers for message in messages] == [["ack"], ["nak"], ["nak"]]
        assert await notes(resources) == ["0"]

    async def test_a_long_handler_says_that_it_is_still_at_it(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handling, "_IN_PROGRESS_SECONDS", 0.02)
        handler = Handler(gate=asyncio.Event())
        messages = [a_message(action(number)) for number in range(2)]
        work = asyncio.create_task(self._desk(resources, handler).each(cast(Sequence[Msg], messages)))
        await eventually(lambda: all(message.answers.count("in_progress") >= 2 for message in messages))
        cast(asyncio.Event, handler.gate).set()
        await work
        assert [message.answers[-1] for message in messages] == ["ack", "ack"]

    async def test_the_inbox_forgets_in_pieces(self, resources: Resources) -> None:
        async with resources.uow() as uow:
            await inbox.claim(uow.session, Inbox, "c", [str(number) for number in range(20)], at=START)
            await inbox.claim(uow.session, Inbox, "c", ["new"], at=uow.now)
            assert await inbox.purge(uow.session, Inbox, before=uow.now) == 20
            assert await inbox.purge(uow.session, Inbox, before=uow.now) == 0

    @staticmethod
    def _desk(resources: Resources, handler: Handler, *, batch: bool = False) -> handling.Desk:
        kind: Any = (
            BatchSubscription(HubActionRecordedV1, handler.many)
            if batch
            else Subscription(HubActionRecordedV1, handler.one)
        )
        return HandBus(resources, [kind]).desk(kind)


async def _unreachable(*_args: Any, **_kwargs: Any) -> set[str]:
    raise OperationalError("claim", {}, psycopg.OperationalError("connection refused"))


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
