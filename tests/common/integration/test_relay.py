import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import nats
import psycopg
import pytest
from nats.aio.client import Client

from common.contracts.hub import HubActionRecordedV1, HubSeenV1
from common.db.engine import open_engine
from common.messaging import relay
from common.messaging.connection import Bus, open_bus
from common.messaging.relay import Relay
from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.metrics import OUTBOX_OLDEST, OUTBOX_WAITING
from tests.common.conftest import SAMPLE, SampleSettings
from tests.common.sample.tables import Outbox
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.engines import Nats, Postgres
from tests.support.http import make_settings
from tests.support.wait import eventually

ACTION = HubActionRecordedV1.model_validate(HubActionRecordedV1.examples[0])
SEEN, SEEN_LATER = (HubSeenV1.model_validate(example) for example in HubSeenV1.examples)


@pytest.fixture
def connected(database: str, nats_server: Nats, unique_prefix: str) -> SampleSettings:
    return make_settings(
        SampleSettings, database_url=database, nats_url=nats_server.address, nats_subject_prefix=unique_prefix
    )


@asynccontextmanager
async def relaying(settings: SampleSettings, **more: Any) -> AsyncIterator[Bus]:
    async with open_bus(settings) as bus:
        task = asyncio.create_task(Relay(settings, Outbox, bus, **more).run())
        try:
            yield bus
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def emit(settings: SampleSettings, *numbers: int, clock: Callable[[], Any] | None = None) -> None:
    engine = open_engine(settings)
    factory = UnitOfWorkFactory(engine, Outbox, clock) if clock else UnitOfWorkFactory(engine, Outbox)
    async with factory(correlation_id="c-1") as uow:
        for number in numbers:
            uow.emit(ACTION.model_copy(update={"target_id": str(number)}))
    await engine.dispose()


async def in_stream(settings: SampleSettings) -> list[int]:
    """The numbers of the facts in the stream, in its order."""
    client = await nats.connect(settings.nats_url)
    try:
        jetstream = client.jetstream()
        stream = f"{settings.nats_subject_prefix}_HUB"
        info = await jetstream.stream_info(stream)
        found = [await jetstream.get_msg(stream, seq) for seq in range(1, info.state.last_seq + 1)]
        return [int(HubActionRecordedV1.model_validate_json(message.data or b"").target_id) for message in found]
    except nats.js.errors.NotFoundError:
        return []
    finally:
        await client.close()


def query(settings: SampleSettings, statement: str) -> list[tuple[Any, ...]]:
    dsn = settings.database_url.get_secret_value().replace("+psycopg", "")
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def waiting(settings: SampleSettings) -> int:
    return int(query(settings, "SELECT count(*) FROM hub.outbox WHERE published_at IS NULL")[0][0])


async def test_facts_arrive_in_order_once_and_with_their_headers(connected: SampleSettings) -> None:
    await emit(connected, *range(1_200))
    async with relaying(connected):
        await eventually(lambda: waiting(connected) == 0)
    assert await in_stream(connected) == list(range(1_200))
    client = await nats.connect(connected.nats_url)
    message = await client.jetstream().get_msg(f"{connected.nats_subject_prefix}_HUB", 1)
    await client.close()
    assert message.subject == f"{connected.nats_subject_prefix}.hub.action.recorded.v1"
    assert message.headers is not None
    assert message.headers["Correlation-Id"] == "c-1"
    assert {"Nats-Msg-Id", "Occurred-At"} <= set(message.headers)


async def test_a_fact_leaves_soon_after_its_commit(connected: SampleSettings) -> None:
    async with relaying(connected) as bus:
        await eventually(bus.connected.is_set)
        await emit(connected, 1)
        await eventually(lambda: waiting(connected) == 0, deadline=3)
    assert await in_stream(connected) == [1]


async def test_a_relay_that_hardly_looks_is_woken_by_each_commit(
    connected: SampleSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "_POLL_SECONDS", 3_600.0)
    async with relaying(connected) as bus:
        await eventually(bus.connected.is_set)
        for number in range(20):
            await emit(connected, number)
            await eventually(lambda: waiting(connected) == 0, deadline=10)
    assert await in_stream(connected) == list(range(20))


async def test_facts_stated_while_others_leave_do_not_wait_for_the_next_look(
    connected: SampleSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "_POLL_SECONDS", 3_600.0)
    async with relaying(connected) as bus:
        await eventually(bus.connected.is_set)
        await asyncio.gather(*(emit(connected, *range(number, number + 10)) for number in range(0, 300, 10)))
        await eventually(lambda: waiting(connected) == 0, deadline=10)
    assert sorted(await in_stream(connected)) == list(range(300))


async def test_a_crash_after_publishing_and_before_marking_publishes_nothing_twice(connected: SampleSettings) -> None:
    await emit(connected, *range(50))
    async with relaying(connected):
        await eventually(lambda: waiting(connected) == 0)
    query(connected, "UPDATE hub.outbox SET published_at = NULL")  # as if it had crashed there
    async with relaying(connected):
        await eventually(lambda: waiting(connected) == 0)
    assert await in_stream(connected) == list(range(50))


async def test_a_fact_whose_transaction_committed_late_is_not_passed_over(connected: SampleSettings) -> None:
    engine = open_engine(connected)
    async with relaying(connected):
        async with engine.connect() as slow:
            # Takes its position now and commits after its successors were published.
            await slow.exec_driver_sql(
                "INSERT INTO hub.outbox (id, subject, body, headers, created_at)"
                " VALUES (gen_random_uuid(), %s, %s, '{}', now())",
                (ACTION.subject, ACTION.model_copy(update={"target_id": "0"}).model_dump_json()),
            )
            await emit(connected, 1, 2)
            await eventually(lambda: query(connected, PUBLISHED) == [(2,)])
            await slow.commit()
        await eventually(lambda: waiting(connected) == 0)
    await engine.dispose()
    assert await in_stream(connected) == [1, 2, 0]


async def test_a_row_overwritten_while_on_its_way_still_goes(connected: SampleSettings) -> None:
    engine = open_engine(connected)
    factory = UnitOfWorkFactory(engine, Outbox)

    async def state(fact: HubSeenV1) -> None:
        async with factory() as uow:
            uow.emit(fact, coalesce="seen")

    class Overtaken(Relay):
        async def _publish(self, rows: list[tuple[Any, ...]]) -> list[Any]:
            answers = await super()._publish(rows)
            if len(published) == 0:
                await state(SEEN_LATER)
            published.append(len(rows))
            return answers

    published: list[int] = []
    await state(SEEN)
    async with open_bus(connected) as bus:
        task = asyncio.create_task(Overtaken(connected, Outbox, bus).run())
        await eventually(lambda: len(published) == 2)
        await eventually(lambda: waiting(connected) == 0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        info = await bus.jetstream.stream_info(f"{connected.nats_subject_prefix}_HUB")
    await engine.dispose()
    assert info.state.messages == 2


async def test_one_relay_works_and_another_takes_over(connected: SampleSettings) -> None:
    async with open_bus(connected) as bus:
        first = asyncio.create_task(Relay(connected, Outbox, bus).run())
        await emit(connected, 1)
        await eventually(lambda: waiting(connected) == 0)
        second = asyncio.create_task(Relay(connected, Outbox, bus).run())
        await eventually(lambda: len(query(connected, RELAYS)) == 2)
        assert len(query(connected, LEADERS)) == 1
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await emit(connected, 2)
        await eventually(lambda: waiting(connected) == 0)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
    assert await in_stream(connected) == [1, 2]


PUBLISHED = "SELECT count(*) FROM hub.outbox WHERE published_at IS NOT NULL"
RELAYS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'hub relay' AND datname = current_database()"
LEADERS = (
    "SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted"
    " AND a.application_name = 'hub relay' AND a.datname = current_database()"
)


async def test_nats_may_be_away_at_the_start_and_go_away_again(database: str, own_nats: Nats) -> None:
    settings = make_settings(SampleSettings, database_url=database, nats_url=own_nats.address)
    own_nats.kill()
    async with relaying(settings) as bus:
        await emit(settings, 1)
        assert await bus.check() == "not connected"
        own_nats.start()
        await eventually(lambda: waiting(settings) == 0)
        own_nats.kill()
        await emit(settings, 2, 3)
        await eventually(lambda: not bus.client.is_connected)
        own_nats.start()
        await eventually(lambda: waiting(settings) == 0, deadline=30)
        assert await bus.check() is None
    own = settings.model_copy(update={"nats_subject_prefix": ""})
    client = await nats.connect(own.nats_url)
    info = await client.jetstream().stream_info("HUB")
    await client.close()
    assert info.state.messages == 3


async def test_a_stream_that_was_lost_is_made_again(database: str, own_nats: Nats) -> None:
    settings = make_settings(SampleSettings, database_url=database, nats_url=own_nats.address)
    async with relaying(settings):
        await emit(settings, 1)
        await eventually(lambda: waiting(settings) == 0)
        own_nats.kill()
        own_nats.lose_data()
        own_nats.start()
        await emit(settings, 2)
        await eventually(lambda: waiting(settings) == 0, deadline=30)


async def test_postgresql_may_go_away(own_postgres: Postgres, nats_server: Nats, unique_prefix: str) -> None:
    url = Databases(own_postgres).clone(SAMPLE, "hub")
    settings = make_settings(
        SampleSettings, database_url=url, nats_url=nats_server.address, nats_subject_prefix=unique_prefix
    )
    async with relaying(settings):
        await emit(settings, 1)
        await eventually(lambda: waiting(settings) == 0)
        own_postgres.kill()
        own_postgres.start()
        await emit(settings, 2)
        await eventually(lambda: waiting(settings) == 0, deadline=30)
    assert await in_stream(settings) == [1, 2]


async def test_published_facts_are_forgotten_after_a_week_and_waiting_ones_are_counted(
    connected: SampleSettings,
) -> None:
    clock = FixedClock()
    await emit(connected, *range(3), clock=clock)
    async with relaying(connected, clock=clock):
        await eventually(lambda: waiting(connected) == 0)
    clock.advance(days=7, seconds=1)
    await emit(connected, 4, clock=clock)
    clock.advance(seconds=90)
    relay = Relay(connected, Outbox, Bus(Client()), clock)
    async with relay._leading() as connection:
        assert await relay.purge(connection) == 3
        await relay.measure(connection)
    assert len(query(connected, "SELECT 1 FROM hub.outbox")) == 1
    assert OUTBOX_WAITING.labels("hub")._value.get() == 1
    assert OUTBOX_OLDEST.labels("hub")._value.get() == timedelta(seconds=90).total_seconds()
